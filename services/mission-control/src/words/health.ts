import { Health } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { Tone } from '../ui/badge.tsx';

export function healthWords(health: Health): { readonly word: string; readonly tone: Tone } {
  switch (health) {
    case Health.GOOD:
      return { word: 'good', tone: 'good' };
    case Health.WAITING:
      return { word: 'waits for you', tone: 'warn' };
    case Health.BAD:
      return { word: 'trouble', tone: 'bad' };
    case Health.IDLE:
      return { word: 'at rest', tone: 'neutral' };
    case Health.UNSPECIFIED:
      return { word: 'unknown', tone: 'neutral' };
  }
}
