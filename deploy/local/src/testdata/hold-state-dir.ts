/** Opens a supervisor on the folder given, starts one part that never ends by itself, and prints that part's pid. For tests. */
import { openSupervisor } from '../supervisor.ts';

const supervisor = await openSupervisor({ stateDir: process.argv[2]! });
await supervisor.start([
  { name: 'sleeper', command: 'sleep', args: ['3600'], ready: async () => true, restart: true },
]);
process.once('SIGINT', () => void supervisor.stop());
console.log(supervisor.status()[0]?.pid);
