// npm test: unit tests, then integration tests against real parts. Arguments go to jest. The last line is `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { calm, node24, workDir } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { command, inherit, UserError } from './step.mjs';

const jest = [
  '--experimental-vm-modules',
  '--no-warnings=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

await command(async () => {
  const total = { passed: 0, failed: 0, skipped: 0, names: [] };
  try {
    await prepare();
    // Before the tests, so that no test's time limit pays for a download.
    const toolchain = await inherit(node24, [...calm, 'deploy/local/src/ensure-toolchain.ts']);
    if (toolchain === 0) {
      await runProject('unit', [], total);
      await runProject('integration', ['--runInBand'], total);
    } else {
      total.failed += 1;
    }
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error);
    total.failed += 1;
  }
  // Once more at the end: what failed an hour before is not to be searched for.
  for (const name of total.names) console.log(`FAILED ${name}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});

/** Runs one jest project and adds its counts; a project that ends badly without a failed test counts as one failure. */
async function runProject(project, options, total) {
  const report = join(workDir, `test-${project}.json`);
  mkdirSync(workDir, { recursive: true });
  rmSync(report, { force: true });
  const args = [
    '--selectProjects',
    project,
    '--passWithNoTests',
    '--json',
    '--outputFile',
    report,
    ...options,
  ];
  const code = await inherit(node24, [...jest, ...args, ...process.argv.slice(2)]);
  const counts = readCounts(report);
  total.passed += counts.passed;
  total.skipped += counts.skipped;
  total.names.push(...counts.names);
  total.failed += counts.failed === 0 && code !== 0 ? 1 : counts.failed;
}

function readCounts(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0, names: [] };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  return {
    passed: result.numPassedTests,
    // A file that did not even load has no tests to fail.
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
    names: result.testResults
      .filter(({ status }) => status === 'failed')
      .flatMap(({ name, assertionResults }) => {
        const failed = assertionResults.filter(({ status }) => status === 'failed');
        const file = relative(process.cwd(), name);
        return failed.length === 0 ? [file] : failed.map(({ fullName }) => `${file}: ${fullName}`);
      }),
  };
}
