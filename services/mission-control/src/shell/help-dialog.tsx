import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { keys, type Theme, theme, traceAddress, useSetting } from './settings.ts';

const shortcuts: readonly (readonly [key: string, what: string])[] = [
  ['k', 'kill switch; Enter confirms'],
  ['g', 'all migrations'],
  ['1–9', 'choose the answer to a question; Enter answers'],
  ['n p', 'next question, previous question'],
  ['?', 'this'],
  ['Esc', 'closes what is open'],
];

/** Keys and looks, both of this browser alone. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const chosen = useSetting(theme);
  const single = useSetting(keys);
  const traces = useSetting(traceAddress);
  return (
    <Dialog title="Keys and looks" onClose={onClose}>
      <dl className="shortcuts">
        {shortcuts.map(([key, what]) => (
          <div key={key}>
            <dt>
              <KeyHint keys={key} />
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Field label="Single keys">
        <select value={single} onChange={(event) => keys.set(event.target.value === 'off' ? 'off' : 'on')}>
          <option value="on">act at once</option>
          <option value="off">do nothing</option>
        </select>
      </Field>
      <Field label="Colours">
        <select value={chosen} onChange={(event) => theme.set(event.target.value as Theme)}>
          <option value="system">as the system has them</option>
          <option value="light">light</option>
          <option value="dark">dark</option>
        </select>
      </Field>
      <Field
        label="Traces open at"
        hint="Empty: where the server says. {trace} stands for the id: http://localhost:16686/trace/{trace} (Jaeger), http://localhost:9411/zipkin/traces/{trace} (Zipkin)"
      >
        <input
          type="url"
          autoComplete="off"
          value={traces}
          onChange={(event) => traceAddress.set(event.target.value)}
        />
      </Field>
      <DialogActions>
        <Button data-autofocus onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
