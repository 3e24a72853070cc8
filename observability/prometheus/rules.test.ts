import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { processes } from '../build/processes.ts';
import { envoyMetrics } from '../src/envoy-metrics.ts';
import { familyOf, metricNames } from '../src/metric-names.ts';
import { readRules } from './rules.ts';

const here = import.meta.dirname;
const rules = readRules();
const alerts = rules.flatMap((rule) => (rule.alert === undefined ? [] : [{ ...rule, alert: rule.alert }]));

test('every metric that a rule names is one that a process declares, or another rule makes', () => {
  const known = new Set([
    ...Object.values(processes()).flatMap((metrics) => metrics.map(({ name }) => name)),
    ...envoyMetrics.map(({ name }) => name),
    ...rules.flatMap(({ record }) => record ?? []),
    'up',
  ]);
  const unknown = rules.flatMap(({ alert, record, expr }) =>
    metricNames(expr)
      .filter((name) => !known.has(name) && !known.has(familyOf(name)))
      .map((name) => `${alert ?? record}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

test('names are given once', () => {
  const names = rules.map(({ alert, record }) => alert ?? record);
  expect(new Set(names).size).toBe(names.length);
});

describe('every alert', () => {
  test('says how bad it is, what it is, and where to read on', () => {
    for (const { alert, labels, annotations } of alerts) {
      expect(['page', 'ticket', 'info']).toContain(labels?.severity);
      expect(Object.keys(annotations ?? {}).sort()).toEqual(['description', 'runbook', 'summary']);
      expect(annotations?.runbook).toBe(`observability/runbooks/${alert}.md`);
    }
  });

  test('has a page that says what it means, what clients notice, where to look and what to do; no page is left over', () => {
    const folder = join(here, '../runbooks');
    expect(readdirSync(folder).sort()).toEqual(alerts.map(({ alert }) => `${alert}.md`).sort());
    for (const { alert } of alerts) {
      const headings = readFileSync(join(folder, `${alert}.md`), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('#'));
      expect(headings).toEqual([`# ${alert}`, '## Meaning', '## What clients notice', '## Look', '## Do']);
    }
  });

  test('has commands in its page that name the migration: of several they would not know which', () => {
    const folder = join(here, '../runbooks');
    const commands = readdirSync(folder).flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/`(chronos (\w+)[^`]*)`/g),
    ]);
    const ofAll = new Set(['answer', 'apply', 'entangle', 'explain', 'proxies', 'run']);
    const nameless = commands.filter(
      ([, line = '', command = '']) => !ofAll.has(command) && !/ MIGRATION$/.test(line),
    );
    expect(nameless.map(([, line]) => line)).toEqual([]);
    expect(commands.length).toBeGreaterThan(10);
  });

  test('is tested to fire and to be silent', () => {
    interface Case {
      readonly alertname: string;
      readonly exp_alerts: readonly unknown[];
    }
    const folder = join(here, 'tests');
    const cases = readdirSync(folder).flatMap((name): Case[] => {
      const file: { tests: { alert_rule_test?: Case[] }[] } = parse(readFileSync(join(folder, name), 'utf8'));
      return file.tests.flatMap((one) => one.alert_rule_test ?? []);
    });
    const untested = alerts.filter(({ alert }) => {
      const own = cases.filter(({ alertname }) => alertname === alert);
      return (
        !own.some(({ exp_alerts }) => exp_alerts.length > 0) ||
        !own.some(({ exp_alerts }) => exp_alerts.length === 0)
      );
    });
    expect(untested.map(({ alert }) => alert)).toEqual([]);
  });
});
