import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import './virtual-list.css';

/** Rows drawn beyond what is seen, above and below. */
const beyond = 8;

/**
 * A long list of rows of one height: only those in sight are in the document, so ten thousand cost what thirty do; on paper all of them.
 * `onEnd` is called when the end comes into sight: the place to load more.
 */
export function VirtualList<Item>({
  label,
  items,
  rowHeight,
  itemKey,
  children,
  onEnd,
  onScrolled,
  startTop = 0,
  onTop,
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
  /** Where the list stands first, in CSS pixels from its top. */
  startTop?: number;
  /** Where it stands from now on. */
  onTop?: (top: number) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: startTop, height: 600 });
  const printing = usePrinting();
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it stands first, and again after it was printed
  useLayoutEffect(() => {
    if (printing) return;
    box.current!.scrollTop = view.top;
    onTop?.(box.current!.scrollTop);
  }, [printing]);
  useEffect(() => {
    if (printing) return;
    const element = box.current!;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const seen = new ResizeObserver(look);
    seen.observe(element);
    return () => seen.disconnect();
  }, [printing]);
  const first = printing ? 0 : Math.max(0, Math.floor(view.top / rowHeight) - beyond);
  const inSight = Math.min(items.length, Math.ceil((view.top + view.height) / rowHeight) + beyond);
  const last = printing ? items.length : inSight;
  const atEnd = inSight === items.length && !printing;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of a longer list is another end
  useEffect(() => {
    if (atEnd) onEnd?.();
  }, [atEnd, items.length]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling box around the list, no fieldset
    <div
      ref={box}
      className={printing ? 'virtual virtual-printed' : 'virtual'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      role="group"
      aria-label={label}
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) => {
        if (printing) return;
        setView({ top: scrollTop, height: clientHeight });
        onScrolled?.(scrollTop > rowHeight);
        onTop?.(scrollTop);
      }}
    >
      <ol style={{ height: printing ? undefined : items.length * rowHeight }}>
        {items.slice(first, last).map((item, index) => (
          <li
            key={itemKey(item)}
            aria-setsize={items.length}
            aria-posinset={first + index + 1}
            style={{
              transform: printing ? undefined : `translateY(${(first + index) * rowHeight}px)`,
              height: rowHeight,
            }}
          >
            {children(item)}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Whether the page is being put on paper: the browser takes it as it is once `beforeprint` was told. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}
