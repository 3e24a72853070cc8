import type { AnswerEffect, Question } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { ConnectError } from '@connectrpc/connect';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/transport.ts';

export interface Preview {
  readonly effect: AnswerEffect | undefined;
  readonly error?: string;
}

/** Previews are reckoned anew when more differences were seen, but not more often than this. */
const pauseMs = 10_000;

/** What each possible answer would do, by the answer's id; one after another, so that a question costs the server no burst. */
export function usePreviews({ id, answers, differences }: Question): ReadonlyMap<string, Preview> {
  const [previews, setPreviews] = useState<ReadonlyMap<string, Preview>>(new Map());
  const [wanted, want] = useState(differences);
  const [finished, finish] = useState<bigint>();
  const seen = useRef(differences);
  seen.current = differences;
  const stale = finished === wanted && differences !== wanted;
  useEffect(() => {
    if (!stale) return;
    const timer = setTimeout(() => want(seen.current), pauseMs);
    return () => clearTimeout(timer);
  }, [stale]);
  const names = answers.map((answer) => answer.id).join(' ');
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const read = async () => {
      for (const answer of names.split(' ')) {
        const preview = await previewOf(id, answer, signal);
        if (signal.aborted) return;
        setPreviews((known) => new Map(known).set(answer, preview));
      }
      finish(wanted);
    };
    void read();
    return () => abort.abort();
  }, [id, names, wanted]);
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
