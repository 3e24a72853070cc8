import { type ReactNode, useEffect, useRef } from 'react';
import { SessionProvider, useSession } from './api/session.tsx';
import { LoginPage } from './pages/login/page.tsx';
import { NotFoundPage } from './pages/not-found/page.tsx';
import { type Route, routes } from './pages/routes.ts';
import { usePath } from './router/location.ts';
import { match, type Params } from './router/match.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { Shell } from './shell/shell.tsx';
import { ToastHost } from './ui/toast.tsx';

export function App() {
  return (
    <ErrorBoundary>
      <SessionProvider>
        <ToastHost>
          <Page />
        </ToastHost>
      </SessionProvider>
    </ErrorBoundary>
  );
}

/** The page of the address; the log-in where the server asks who this is. */
function Page() {
  const path = usePath();
  const { who } = useSession();
  const found = routeOf(path);
  const title = found?.route.title(found.params) ?? 'Not found';
  useEffect(() => {
    document.title = `${title} · Mission Control`;
  }, [title]);
  // A link that led here is gone, and the focus with it: on another page one begins at its content.
  const shown = found?.route.Page;
  const before = useRef(shown);
  useEffect(() => {
    if (before.current !== shown) document.querySelector('main')?.focus({ preventScroll: true });
    before.current = shown;
  }, [shown]);
  if (who?.tokensRequired && who.name === '') return <LoginPage />;
  if (found === undefined) {
    return (
      <Shell migration={undefined}>
        <NotFoundPage />
      </Shell>
    );
  }
  const { route, params } = found;
  const framed = (content: ReactNode) => <Shell migration={params.migration}>{content}</Shell>;
  const page = <route.Page params={params} />;
  if (route.bare)
    return (
      <ErrorBoundary key={path} frame={framed}>
        {page}
      </ErrorBoundary>
    );
  return framed(<ErrorBoundary key={path}>{page}</ErrorBoundary>);
}

function routeOf(path: string): { readonly route: Route; readonly params: Params } | undefined {
  for (const route of routes) {
    const params = match(route.pattern, path);
    if (params !== undefined) return { route, params };
  }
  return undefined;
}
