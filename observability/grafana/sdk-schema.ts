/**
 * Grafana's schema as its SDK ships it: no JSON schema, but type declarations that were generated from Grafana's own CUE schema. They are read
 * as a schema here, so that JSON can be checked against them: properties that are not declared, that are missing, or of another type.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What is wrong with a value, a line each, with the path to it. */
export type Check = (value: unknown, at: string) => string[];

const { resolve } = createRequire(import.meta.url);
const folders = dirname(dirname(resolve('@grafana/grafana-foundation-sdk/dashboard')));
const modules = new Map<string, ReadonlyMap<string, Check>>();

/** A type of a module of the SDK, `dashboard` `Dashboard`. @throws Error for one that it does not declare */
export function sdkType(module: string, name: string): Check {
  let types = modules.get(module);
  if (types === undefined) {
    const text = readFileSync(join(folders, module, 'types.gen.d.ts'), 'utf8');
    types = new Declarations(module, text).read();
    modules.set(module, types);
  }
  const found = types.get(name);
  if (found === undefined) throw new Error(`the SDK declares no ${module}.${name}`);
  return found;
}

const anything: Check = () => [];
const typeOf =
  (name: string): Check =>
  (value, at) =>
    (name === 'null' ? value === null : typeof value === name) ? [] : [`${at} is no ${name}`];
const primitives: Readonly<Record<string, Check>> = {
  any: anything,
  string: typeOf('string'),
  number: typeOf('number'),
  boolean: typeOf('boolean'),
  null: typeOf('null'),
};
const oneOf =
  (values: readonly unknown[]): Check =>
  (value, at) =>
    values.includes(value) ? [] : [`${at} is ${JSON.stringify(value)}, not one of ${JSON.stringify(values)}`];
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Any of these; where none holds, what is wrong by the one that is nearest. */
function union(checks: readonly Check[]): Check {
  const [only] = checks;
  if (checks.length === 1 && only !== undefined) return only;
  return (value, at) =>
    checks.map((check) => check(value, at)).reduce((a, b) => (b.length < a.length ? b : a));
}

function listOf(item: Check): Check {
  return (value, at) =>
    Array.isArray(value)
      ? value.flatMap((each: unknown, index) => item(each, `${at}[${index}]`))
      : [`${at} is no list`];
}

function recordOf(item: Check): Check {
  return (value, at) =>
    isRecord(value)
      ? Object.entries(value).flatMap(([key, each]) => item(each, `${at}.${key}`))
      : [`${at} is no object`];
}

interface Member {
  readonly check: Check;
  readonly optional: boolean;
}

function objectOf(members: ReadonlyMap<string, Member>): Check {
  return (value, at) => {
    if (!isRecord(value)) return [`${at} is no object`];
    const known = [...members].flatMap(([name, { check, optional }]) => {
      if (value[name] !== undefined) return check(value[name], `${at}.${name}`);
      return optional ? [] : [`${at}.${name} is missing`];
    });
    const unknown = Object.keys(value).filter((name) => !members.has(name));
    return [...known, ...unknown.map((name) => `${at}.${name} is not declared`)];
  };
}

/** Reads the little TypeScript that generated declarations consist of: interfaces, enums, type aliases. */
class Declarations {
  readonly #module: string;
  readonly #tokens: readonly string[];
  readonly #types = new Map<string, Check>();
  #at = 0;

  constructor(module: string, text: string) {
    this.#module = module;
    this.#tokens = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').match(/"[^"]*"|-?\d+|[\w$.]+|=>|\S/g) ?? [];
  }

  read(): ReadonlyMap<string, Check> {
    while (this.#at < this.#tokens.length) {
      const token = this.#next();
      if (token === 'interface') this.#types.set(this.#next(), this.#type());
      else if (token === 'enum') this.#types.set(this.#next(), this.#enum());
      else if (token === 'type') {
        const name = this.#next();
        this.#expect('=');
        this.#types.set(name, this.#type());
      } else if (token === 'const' || token === 'import') this.#skipStatement();
    }
    return this.#types;
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error(`${this.#module}: the declarations end too early`);
    this.#at += 1;
    return token;
  }

  #took(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    const got = this.#next();
    if (got !== token) throw new Error(`${this.#module}: "${got}" where "${token}" is expected`);
  }

  #skipStatement(): void {
    while (this.#next() !== ';');
  }

  #enum(): Check {
    this.#expect('{');
    const values: unknown[] = [];
    while (!this.#took('}')) {
      this.#next();
      this.#expect('=');
      values.push(JSON.parse(this.#next()));
      this.#took(',');
    }
    return oneOf(values);
  }

  #type(): Check {
    const checks = [this.#postfix()];
    while (this.#took('|')) checks.push(this.#postfix());
    return union(checks);
  }

  #postfix(): Check {
    let check = this.#primary();
    while (this.#took('[')) {
      this.#expect(']');
      check = listOf(check);
    }
    return check;
  }

  #primary(): Check {
    const token = this.#next();
    if (token === '{') return this.#members();
    if (token.startsWith('"')) return oneOf([JSON.parse(token)]);
    if (token === '(') {
      const inner = this.#type();
      this.#expect(')');
      return inner;
    }
    if (token === 'Record') {
      this.#expect('<');
      this.#type();
      this.#expect(',');
      const item = this.#type();
      this.#expect('>');
      return recordOf(item);
    }
    return primitives[token] ?? this.#named(token);
  }

  #members(): Check {
    const members = new Map<string, Member>();
    while (!this.#took('}')) {
      const name = this.#next();
      // The SDK's marker methods are of its types alone, not of the JSON.
      if (this.#took('(')) {
        this.#skipStatement();
        continue;
      }
      const optional = this.#took('?');
      this.#expect(':');
      members.set(name, { check: this.#type(), optional });
      this.#expect(';');
    }
    return objectOf(members);
  }

  /** A type of this or another module; looked up when it is needed, as types name each other. */
  #named(name: string): Check {
    const [first = '', second] = name.split('.');
    // Which data source a query is for, its panel says; ours are all Prometheus'.
    if (name === 'cog.Dataquery') return (value, at) => sdkType('prometheus', 'Dataquery')(value, at);
    if (second === undefined) return (value, at) => sdkType(this.#module, first)(value, at);
    // One member of an enum of this module: what it may be is what the enum may be.
    if (this.#types.has(first) || first !== first.toLowerCase())
      return (value, at) => sdkType(this.#module, first)(value, at);
    return (value, at) => sdkType(first, second)(value, at);
  }
}
