import { type FormEvent, useEffect, useState } from 'react';
import { useSession } from '../../api/session.tsx';
import { navigate } from '../../router/location.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import './login.css';

/** Asks for a token once; the page of the address comes back by itself. */
export function LoginPage() {
  const { logIn, who } = useSession();
  const [token, setToken] = useState('');
  const { busy, error, run } = useCall();
  const inside = who !== undefined && who.name !== '';
  useEffect(() => {
    if (inside && location.pathname === '/login') navigate('/', { replace: true });
  }, [inside]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run('Log in', () => logIn(token.trim()));
  };
  return (
    <main className="login">
      <form onSubmit={submit}>
        <h1>Chronos Mission Control</h1>
        <Field label="Token" hint="Whoever runs the control plane gives it to you.">
          <input
            type="password"
            autoComplete="current-password"
            required
            maxLength={512}
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        </Field>
        <p className="login-error bad" role="alert">
          {error}
        </p>
        <Button type="submit" look="primary" busy={busy}>
          Log in
        </Button>
      </form>
    </main>
  );
}
