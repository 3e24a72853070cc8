import type { Params } from '../../router/match.ts';
import { Loading } from '../../ui/state.tsx';

export function MigrationPage({ params }: { params: Params }) {
  return <Loading what={`migration ${params.migration}`} />;
}
