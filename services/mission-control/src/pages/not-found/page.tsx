import { Link } from '../../router/link.tsx';
import { EmptyState } from '../../ui/state.tsx';

export function NotFoundPage() {
  return (
    <EmptyState page title="There is no such page">
      <Link href="/">To all migrations</Link>
    </EmptyState>
  );
}
