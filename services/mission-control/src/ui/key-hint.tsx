import './key-hint.css';

/** The key that does the same; `single`: one that can be switched off, and is not shown then. */
export function KeyHint({ keys, single = false }: { keys: string; single?: boolean }) {
  return <kbd className={single ? 'key-hint key-single' : 'key-hint'}>{keys}</kbd>;
}
