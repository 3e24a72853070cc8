import { percent } from '@chronos/cli/core/text/numbers.ts';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { Tone } from '../ui/badge.tsx';

/** A stage in the story's words, with modern's share where it says more. */
export function stageWords(stage: Stage, modernPercent: number): string {
  switch (stage) {
    case Stage.DRAFT:
      return 'not started';
    case Stage.SHADOW:
      return 'Parallel Universes';
    case Stage.CANARY:
      return `canary ${percent(modernPercent)} %`;
    case Stage.SWAPPED:
      return 'Hot-Swap';
    case Stage.SEALED:
      return 'Time Capsule';
    case Stage.KILLED:
      return 'killed';
    case Stage.UNSPECIFIED:
      return 'unknown';
  }
}

export function stageTone(stage: Stage): Tone {
  switch (stage) {
    case Stage.SHADOW:
    case Stage.CANARY:
      return 'info';
    case Stage.SWAPPED:
    case Stage.SEALED:
      return 'good';
    case Stage.KILLED:
      return 'bad';
    default:
      return 'neutral';
  }
}
