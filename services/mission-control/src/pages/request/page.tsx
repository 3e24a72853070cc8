import { Link } from '../../router/link.tsx';
import type { Params } from '../../router/match.ts';
import { path } from '../../router/match.ts';
import { RequestStory } from './request-story.tsx';

/** One request by itself, so that it can be linked to from a ticket. */
export function RequestPage({ params: { migration = '', id = '' } }: { params: Params }) {
  return (
    <>
      <p className="back">
        <Link href={path('/m/:migration/requests', { migration })}>All requests</Link>
      </p>
      <h1 className="request-id">
        Request <code>{id}</code>
      </h1>
      <RequestStory migration={migration} id={id} heading="The verdict" />
    </>
  );
}
