/** Commands that look: status, watch, verdicts, explain, proxies, decisions. */

import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type Decision,
  DecisionSchema,
  GetMigrationResponseSchema,
  type MigrationState,
  WatchMigrationResponseSchema,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import {
  type Proxy as ConnectedProxy,
  ListProxiesResponseSchema,
} from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import {
  GetVerdictResponseSchema,
  WatchVerdictsResponseSchema,
} from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { Kind, type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { type Command, Option } from 'commander';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { changeText } from '../core/render/change-line.ts';
import { decisionLine } from '../core/render/decisions.ts';
import { explainLines } from '../core/render/explain.ts';
import { acceptedOverlapLines } from '../core/render/identifiers.ts';
import { mismatchLines } from '../core/render/mismatches.ts';
import { proxyLines } from '../core/render/proxies.ts';
import { waitingLines } from '../core/render/questions.ts';
import { outstandingLines, unaskedLines } from '../core/render/repairs.ts';
import { statusLines } from '../core/render/status.ts';
import { verdictTable } from '../core/render/verdict-lines.ts';
import { entanglementLines } from '../core/render/verification.ts';
import { repeatsDeployment } from '../core/story.ts';
import { printable } from '../core/text/cells.ts';
import { timeOfDay } from '../core/text/numbers.ts';
import type { Io } from '../io.ts';
import { type Api, migrationName, traceAddress } from './api.ts';
import { apiAction, jsonLine } from './command.ts';
import { collect, limitDefault, parseLimit } from './lists.ts';

type NameArgument = readonly [name: string | undefined];

/** Causes that `status` shows, and the mismatch groups that it reads for them: one cause may touch many fields. */
const causesShown = 10;
const groupsRead = 500;

export function addViewCommands(program: Command, io: Io): void {
  addStatus(program, io);
  addWatch(program, io);
  addVerdicts(program, io);
  addExplain(program, io);
  addProxies(program, io);
  addDecisions(program, io);
}

function addStatus(program: Command, io: Io): void {
  const command = named(program, 'status', 'stage, confidence, evidence and what each group waits for');
  apiAction<NameArgument>(command, io, async ({ api, print }, given) => {
    const name = await migrationName(api, given);
    const [response, mismatches, questions] = await Promise.all([
      api.migrations.getMigration({ name }),
      api.verdicts.listMismatchGroups({ migration: name, pageSize: groupsRead }),
      api.judgement.listQuestions({ migration: name, pageSize: 1 }),
    ]);
    // The entanglement may be away; the migration's state is shown all the same.
    const [entangled, repairs, alone] = response.state?.spec?.entanglement
      ? await Promise.all([
          api.entanglement.getEntanglement({ migration: name }).catch(() => undefined),
          api.entanglement.listRepairs({ migration: name, limit: 1 }).catch(() => undefined),
          api.entanglement
            .listRepairs({ migration: name, limit: 1, since: timestampFromMs(0) })
            .catch(() => undefined),
        ])
      : [];
    const hasAccepted = response.state?.spec?.identifiers?.bijections.some(
      ({ overlapAccepted }) => overlapAccepted !== '',
    );
    const identifiers = hasAccepted
      ? await api.identifiers.listIdentifiers({ migration: name }).catch(() => undefined)
      : undefined;
    print(GetMigrationResponseSchema, response, (colors) =>
      response.state === undefined
        ? []
        : [
            colors.bold(name),
            ...statusLines(response.state, io.columns, colors),
            ...mismatchLines(mismatches.groups, causesShown, io.columns, colors),
            ...waitingLines(questions.open, colors),
            ...(identifiers === undefined ? [] : acceptedOverlapLines(identifiers, colors)),
            ...(entangled === undefined ? [] : entanglementLines(entangled, colors)),
            ...(alone === undefined ? [] : unaskedLines(alone, colors)),
            ...(repairs === undefined ? [] : outstandingLines(repairs, colors)),
          ],
    );
  });
}

function addWatch(program: Command, io: Io): void {
  const command = named(program, 'watch', 'decisions and changes as they happen, until Ctrl-C or the seal');
  apiAction<NameArgument>(command, io, async ({ api, colors, json }, given) => {
    const name = await migrationName(api, given);
    /** The state of the newest line. */
    let before: MigrationState | undefined;
    let last: Decision | undefined;
    for await (const update of api.migrations.watchMigration({ name }, { signal: io.signal })) {
      if (json) io.out(jsonLine(WatchMigrationResponseSchema, update));
      else {
        for (const decision of update.decisions) {
          if (!repeatsDeployment(last, decision)) io.out(`${decisionLine(decision, colors)}\n`);
          last = decision;
        }
        const change = update.state === undefined ? undefined : changeText(before, update.state, colors);
        if (change !== undefined) {
          io.out(`${colors.dim(timeOfDay(update.state?.observedAt))}  ${change}\n`);
          before = update.state;
        }
      }
      if (update.state?.sealed !== undefined) return;
    }
    throw new CliError(exitCodes.unreachable, 'the stream ended: Chronos has stopped');
  });
}

function addVerdicts(program: Command, io: Io): void {
  const kinds = ['identical', 'equivalent', 'mismatch', 'race', 'lost'];
  const command = named(program, 'verdicts', 'what was compared, newest first')
    .addOption(new Option('-k, --kind <kind...>', 'only these kinds').choices(kinds))
    .option('-g, --group <name>', 'only this route group')
    .option('--route <route>', 'only this route')
    .option('--field <path>', 'only those that differ in this field')
    .option('-n, --limit <count>', 'how many', parseLimit, limitDefault)
    .option('--follow', 'new ones as they arrive, until Ctrl-C');
  type Options = {
    kind?: string[];
    group?: string;
    route?: string;
    field?: string;
    limit: number;
    follow?: boolean;
  };
  apiAction<NameArgument>(command, io, async ({ api, colors, json }, given) => {
    const migration = await migrationName(api, given);
    const options: Options = command.opts();
    const wanted = (options.kind ?? []).map((kind) => Kind[kind.toUpperCase() as keyof typeof Kind]);
    if (options.follow === true) {
      for await (const update of api.verdicts.watchVerdicts(
        { migration, kinds: wanted },
        { signal: io.signal },
      )) {
        const skipped = update.skipped > 0n ? colors.dim(`  (${update.skipped} before it skipped)`) : '';
        const [, row] = update.verdict === undefined ? [] : verdictTable([update.verdict], colors);
        io.out(json ? jsonLine(WatchVerdictsResponseSchema, update) : `${row ?? ''}${skipped}\n`);
      }
      return;
    }
    const { group = '', route = '', field = '' } = options;
    const verdicts = await collect<Verdict>(options.limit, async (pageSize, pageToken) => {
      const page = await api.verdicts.listVerdicts({
        migration,
        kinds: wanted,
        group,
        route,
        field,
        pageSize,
        pageToken,
      });
      return { items: page.verdicts, next: page.nextPageToken };
    });
    if (json) for (const verdict of verdicts) io.out(jsonLine(VerdictSchema, verdict));
    else io.out(lines(verdicts.length === 0 ? ['no verdicts'] : verdictTable(verdicts, colors)));
  });
}

function addExplain(program: Command, io: Io): void {
  const command = program
    .command('explain')
    .description('one request: both exchanges side by side, what differs and why')
    .argument('<request>', 'its id: of Chronos, or the x-request-id that services log');
  apiAction<readonly [requestId: string]>(command, io, async ({ api, print }, requestId) => {
    const [response, traces] = await Promise.all([api.verdicts.getVerdict({ requestId }), traceAddress(api)]);
    print(GetVerdictResponseSchema, response, (colors) => explainLines(response, traces, io.columns, colors));
  });
}

function addProxies(program: Command, io: Io): void {
  const command = program
    .command('proxies')
    .description('which Envoys are connected and which configuration each has ACKed');
  apiAction(command, io, async ({ api, print }) => {
    const proxies = await collect<ConnectedProxy>(1_000, async (pageSize, pageToken) => {
      const page = await api.proxies.listProxies({ pageSize, pageToken });
      return { items: page.proxies, next: page.nextPageToken };
    });
    print(ListProxiesResponseSchema, create(ListProxiesResponseSchema, { proxies }), (colors) =>
      proxies.length === 0
        ? ['no proxy has connected yet']
        : proxyLines(proxies, { nowMs: Date.now(), columns: io.columns }, colors),
    );
  });
}

function addDecisions(program: Command, io: Io): void {
  const command = named(program, 'decisions', 'the journal: every decision with its evidence, oldest first')
    .option('-n, --limit <count>', 'how many of the newest', parseLimit, limitDefault)
    .option('--evidence', 'with the evidence each stood on');
  apiAction<NameArgument>(command, io, async ({ api, colors, json }, given) => {
    const name = await migrationName(api, given);
    const options: { limit: number; evidence?: boolean } = command.opts();
    const decisions = await listDecisions(api, name, options.limit);
    for (const decision of decisions.reverse()) {
      if (json) io.out(jsonLine(DecisionSchema, decision));
      else {
        io.out(`${decisionLine(decision, colors)}\n`);
        if (options.evidence === true)
          io.out(`${colors.dim(`          ${printable(decision.evidenceJson)}`)}\n`);
      }
    }
  });
}

function listDecisions(api: Api, name: string, limit: number): Promise<Decision[]> {
  return collect<Decision>(limit, async (pageSize, pageToken) => {
    const page = await api.migrations.listDecisions({ name, pageSize, pageToken });
    return { items: page.decisions, next: page.nextPageToken };
  });
}

function named(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument('[migration]', 'its name; may be left out if there is only one');
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
