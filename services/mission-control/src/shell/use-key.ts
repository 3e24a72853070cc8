import { useEffect, useRef } from 'react';
import { keys } from './settings.ts';

/** Does something when a single key is pressed outside of a field and of a dialog, unless single keys are switched off. */
export function useKey(key: string, act: () => void): void {
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (keys.get() === 'off' || document.querySelector('dialog[open]') !== null) return;
      const at = event.target;
      if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)))
        return;
      event.preventDefault();
      newest.current();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [key]);
}
