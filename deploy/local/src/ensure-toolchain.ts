/** The command `node deploy/local/src/ensure-toolchain.ts [--java bundled]`: fetches what is missing, one line a part. */
import { parseArgs } from 'node:util';
import { LocalError } from './errors.ts';
import { progressLine } from './progress-line.ts';
import { ensureToolchain } from './toolchain.ts';

const { values } = parseArgs({ options: { java: { type: 'string', default: 'auto' } } });

try {
  if (values.java !== 'auto' && values.java !== 'bundled') {
    throw new LocalError(`--java ${values.java} is not known`, 'it is one of: auto, bundled');
  }
  const onProgress = (progress: Parameters<typeof progressLine>[0]) => {
    // Silent when all is there.
    if (progress.state !== 'cached') console.log(progressLine(progress));
  };
  await ensureToolchain({ java: values.java, onProgress });
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exitCode = 1;
}
