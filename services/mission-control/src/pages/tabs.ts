import type { MigrationSummary } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';

export interface Tab {
  readonly pattern: string;
  readonly label: string;
  /** How much waits for a person there. */
  readonly waiting?: (summary: MigrationSummary) => number;
}

/** The pages of a migration, in the order of their tabs. */
export const tabs: readonly Tab[] = [
  { pattern: '/m/:migration', label: 'Time Rift' },
  {
    pattern: '/m/:migration/mismatches',
    label: 'Mismatches',
    waiting: ({ mismatches }) => Number(mismatches),
  },
  {
    pattern: '/m/:migration/questions',
    label: 'Questions',
    waiting: ({ questionsOpen }) => questionsOpen ?? 0,
  },
  { pattern: '/m/:migration/requests', label: 'Requests' },
  {
    pattern: '/m/:migration/repairs',
    label: 'Repairs',
    waiting: ({ repairs }) => Number(repairs?.outstanding ?? 0n),
  },
  { pattern: '/m/:migration/journal', label: 'Journal' },
  { pattern: '/m/:migration/log', label: 'Log' },
  { pattern: '/m/:migration/capsule', label: 'Time Capsule' },
  { pattern: '/stage/:migration', label: 'Stage' },
];
