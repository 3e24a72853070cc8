import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import type { Tone } from './badge.tsx';
import './toast.css';

interface Note {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
}

const shownMs = 8_000;
const shownMax = 4;
const ToastContext = createContext<(text: string, tone?: Tone) => void>(() => {});

/** Says something once, in the corner and to screen readers. */
export const useToast = () => useContext(ToastContext);

/** Holds the toasts of the page: the newest few, each gone by itself or with a click; what went wrong only with a click. */
export function ToastHost({ children }: { children: ReactNode }) {
  const [notes, setNotes] = useState<readonly Note[]>([]);
  const next = useRef(0);
  const drop = useCallback((id: number) => setNotes((all) => all.filter((note) => note.id !== id)), []);
  const say = useCallback(
    (text: string, tone: Tone = 'neutral') => {
      next.current += 1;
      const id = next.current;
      setNotes((all) => [...all, { id, text, tone }].slice(-shownMax));
      if (tone !== 'bad') setTimeout(() => drop(id), shownMs);
    },
    [drop],
  );
  return (
    <ToastContext value={say}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {notes.map((note) => (
          <button
            key={note.id}
            type="button"
            className={`toast toast-${note.tone}`}
            onClick={() => drop(note.id)}
          >
            {note.text}
          </button>
        ))}
      </div>
    </ToastContext>
  );
}
