import { type ReactNode, useEffect, useRef, useState } from 'react';
import './virtual-list.css';

/** Rows drawn beyond what is seen, above and below. */
const beyond = 8;

/**
 * A long list of rows of one height: only those in sight are in the document, so ten thousand cost what thirty do. `onEnd` is called when the
 * end comes into sight: the place to load more.
 */
export function VirtualList<Item>({
  label,
  items,
  rowHeight,
  itemKey,
  children,
  onEnd,
  onScrolled,
}: {
  label: string;
  items: readonly Item[];
  /** In CSS pixels. */
  rowHeight: number;
  itemKey: (item: Item) => string;
  children: (item: Item) => ReactNode;
  onEnd?: () => void;
  /** Whether the list stands elsewhere than at its top. */
  onScrolled?: (away: boolean) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = box.current!;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const seen = new ResizeObserver(look);
    seen.observe(element);
    return () => seen.disconnect();
  }, []);
  const first = Math.max(0, Math.floor(view.top / rowHeight) - beyond);
  const last = Math.min(items.length, Math.ceil((view.top + view.height) / rowHeight) + beyond);
  const atEnd = last === items.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of a longer list is another end
  useEffect(() => {
    if (atEnd) onEnd?.();
  }, [atEnd, items.length]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling box around the list, no fieldset
    <div
      ref={box}
      className="virtual"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      role="group"
      aria-label={label}
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) => {
        setView({ top: scrollTop, height: clientHeight });
        onScrolled?.(scrollTop > rowHeight);
      }}
    >
      <ol style={{ height: items.length * rowHeight }}>
        {items.slice(first, last).map((item, index) => (
          <li
            key={itemKey(item)}
            aria-setsize={items.length}
            aria-posinset={first + index + 1}
            style={{ transform: `translateY(${(first + index) * rowHeight}px)`, height: rowHeight }}
          >
            {children(item)}
          </li>
        ))}
      </ol>
    </div>
  );
}
