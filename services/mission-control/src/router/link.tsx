import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { navigate, usePath } from './location.ts';

/** A link within the page; with a modifier key the browser does what it does with links. Names itself as current where the page's path is its own, whatever the query. */
export function Link({ href, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const here = usePath() === href.split('?')[0];
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
    scrollTo(0, 0);
  };
  return <a {...rest} href={href} aria-current={here ? 'page' : undefined} onClick={follow} />;
}
