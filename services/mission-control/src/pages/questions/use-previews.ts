import type { AnswerEffect, Question } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { ConnectError } from '@connectrpc/connect';
import { useEffect, useState } from 'react';
import { api } from '../../api/transport.ts';

export interface Preview {
  readonly effect: AnswerEffect | undefined;
  readonly error?: string;
}

/** Previews are reckoned anew for what was seen since, but not more often than this. */
const refreshMs = 10_000;

/** What each possible answer would do, by the answer's id; one after another, so that a question costs the server no burst. */
export function usePreviews({ id, answers }: Question): ReadonlyMap<string, Preview> {
  const [previews, setPreviews] = useState<ReadonlyMap<string, Preview>>(new Map());
  const names = answers.map((answer) => answer.id).join(' ');
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      for (const answer of names.split(' ')) {
        const preview = await previewOf(id, answer, signal);
        if (signal.aborted) return;
        setPreviews((known) => new Map(known).set(answer, preview));
      }
      timer = setTimeout(read, refreshMs);
    };
    void read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [id, names]);
  return previews;
}

async function previewOf(questionId: string, answer: string, signal: AbortSignal): Promise<Preview> {
  try {
    const { effect } = await api.judgements.previewAnswer({ questionId, answer }, { signal });
    return { effect };
  } catch (failure) {
    return { effect: undefined, error: ConnectError.from(failure).rawMessage };
  }
}
