/** When something was read that does not change by itself on the page: as old as it says. UTC as all times. */
export function ReadAt({ ms }: { ms: number | undefined }) {
  if (ms === undefined) return null;
  return <span className="muted nowrap">read at {new Date(ms).toISOString().slice(11, 19)} UTC</span>;
}
