import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** Who started this process; noted before anything can take long. */
const parentAtStart = process.ppid;
const parentLookMs = 500;

/** An error whose message is all a person needs: printed without a stack. */
export class UserError extends Error {}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs one step with its name, its result and its time on one line; on a terminal the time counts while it runs. */
export async function step(name, run) {
  const startedAt = Date.now();
  const write = (mark) =>
    process.stdout.write(`${mark} ${name.padEnd(28)} ${seconds(startedAt).padStart(8)}`);
  // A log tells once that something takes long; on a terminal the time counts.
  const timer = process.stdout.isTTY
    ? setInterval(() => write('\r…'), 200)
    : setTimeout(() => console.log(`… ${name}`), 2_000);
  const end = (mark) => {
    clearInterval(timer);
    write(process.stdout.isTTY ? `\r${mark}` : mark);
    process.stdout.write('\n');
  };
  try {
    await run();
    end('✓');
  } catch (error) {
    end('✗');
    throw error;
  }
}

/** Runs a command quietly; a failure carries what it wrote. */
export function quiet(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => reject(new UserError(`cannot run ${command}: ${error.message}`)));
    child.on('close', (code, signal) => {
      const text = Buffer.concat(output).toString('utf8').trim();
      if (code === 0) resolve(text);
      else
        reject(
          new UserError(`${text}\n${command} ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}`),
        );
    });
  });
}

/** Runs a command on this terminal and returns its exit code. Signals sent to this process reach it; it decides what they mean. */
export function inherit(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    const forward = (signal) => {
      // Ctrl-C at a terminal goes to the whole foreground group: the child has had it already, and a second one means "at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const watch = onceNpmIsGone(() => child.kill('SIGTERM'));
    child.on('error', (error) => reject(new UserError(`cannot run ${command}: ${error.message}`)));
    child.on('close', (code, signal) => {
      clearInterval(watch);
      for (const name of signals) process.off(name, forward);
      resolve(signal === null ? code : 128 + signalNumber(signal));
    });
  });
}

/**
 * A signal to npm's own process id ends npm and the shell between, and neither passes it on: a process that npm started sees only that its
 * parent has changed. Run by hand, it may well outlive the shell that started it.
 */
export function onceNpmIsGone(end) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const timer = setInterval(() => {
    if (process.ppid === parentAtStart) return;
    clearInterval(timer);
    end();
  }, parentLookMs);
  return timer.unref();
}

/** As shells report a death by signal. */
function signalNumber(signal) {
  return { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }[signal] ?? 0;
}

/** The frame of each command: its result is the exit code, a UserError is printed in words, anything else with its stack. */
export async function command(run) {
  try {
    process.exitCode = await run();
  } catch (error) {
    console.error(error instanceof UserError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
