import type { ComponentType } from 'react';
import type { Params } from '../router/match.ts';
import { CapsulePage } from './capsule/page.tsx';
import { JournalPage } from './journal/page.tsx';
import { LogPage } from './log/page.tsx';
import { LoginPage } from './login/page.tsx';
import { MigrationPage } from './migration/page.tsx';
import { MismatchesPage } from './mismatches/page.tsx';
import { OverviewPage } from './overview/page.tsx';
import { QuestionsPage } from './questions/page.tsx';
import { RepairsPage } from './repairs/page.tsx';
import { RequestPage } from './request/page.tsx';
import { RequestsPage } from './requests/page.tsx';
import { StagePage } from './stage/page.tsx';

export interface Route {
  readonly pattern: string;
  readonly Page: ComponentType<{ params: Params }>;
  /** Of the browser's tab. */
  title(params: Params): string;
  /** Without the frame of the other pages. */
  readonly bare?: boolean;
}

/** Every address there is. Pages of a migration have a tab in tabs.ts. */
export const routes: readonly Route[] = [
  { pattern: '/', Page: OverviewPage, title: () => 'Migrations' },
  { pattern: '/m/:migration', Page: MigrationPage, title: ({ migration = '' }) => migration },
  {
    pattern: '/m/:migration/mismatches',
    Page: MismatchesPage,
    title: ({ migration = '' }) => `Mismatches of ${migration}`,
  },
  {
    pattern: '/m/:migration/mismatches/:cause',
    Page: MismatchesPage,
    title: ({ migration = '' }) => `Mismatches of ${migration}`,
  },
  {
    pattern: '/m/:migration/requests',
    Page: RequestsPage,
    title: ({ migration = '' }) => `Requests of ${migration}`,
  },
  {
    pattern: '/m/:migration/requests/:id',
    Page: RequestPage,
    title: ({ id = '' }) => `Request ${id}`,
  },
  {
    pattern: '/m/:migration/questions',
    Page: QuestionsPage,
    title: ({ migration = '' }) => `Questions about ${migration}`,
  },
  {
    pattern: '/m/:migration/repairs',
    Page: RepairsPage,
    title: ({ migration = '' }) => `Repairs of ${migration}`,
  },
  {
    pattern: '/m/:migration/journal',
    Page: JournalPage,
    title: ({ migration = '' }) => `Journal of ${migration}`,
  },
  { pattern: '/m/:migration/log', Page: LogPage, title: ({ migration = '' }) => `Log of ${migration}` },
  {
    pattern: '/m/:migration/capsule',
    Page: CapsulePage,
    title: ({ migration = '' }) => `Time Capsule of ${migration}`,
  },
  {
    pattern: '/stage/:migration',
    Page: StagePage,
    title: ({ migration = '' }) => `Stage: ${migration}`,
    bare: true,
  },
  { pattern: '/login', Page: LoginPage, title: () => 'Log in', bare: true },
];
