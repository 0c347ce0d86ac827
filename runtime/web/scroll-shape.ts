/** What fits into the box of a log. */
export interface Shape {
  /** Characters beside each other. */
  readonly columns: number;
  /** Pixels. */
  readonly lineHeight: number;
  readonly height: number;
}

/** Of the padding on both sides, in pixels, and of the time before each text, in characters. */
const PADDING = 24;
const TIME_COLUMNS = 10;
const NAME_COLUMNS = 18;

/** Measured with a line that nobody sees. */
export function shapeOf(element: HTMLElement): Shape {
  const probe = document.createElement('span');
  probe.className = 'log-probe';
  probe.textContent = 'x'.repeat(100);
  element.append(probe);
  const { width, height } = probe.getBoundingClientRect();
  probe.remove();
  return {
    columns: Math.floor((element.clientWidth - PADDING) / Math.max(1, width / 100)),
    lineHeight: Math.max(1, height),
    height: element.clientHeight,
  };
}

/** The columns that are left for text beside the time, and the name where there is one. */
export function textColumns(all: number, showsName: boolean): number {
  return Math.max(10, all - TIME_COLUMNS - (showsName ? NAME_COLUMNS : 0));
}

/** By how many pixels a key moves the log, or to which end of it. */
export function moveOf(event: KeyboardEvent, { height, lineHeight }: Shape): number | 'start' | 'end' | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return undefined;
  switch (event.key) {
    case 'ArrowDown':
      return lineHeight;
    case 'ArrowUp':
      return -lineHeight;
    case 'PageDown':
    case ' ':
      return height - lineHeight;
    case 'PageUp':
      return lineHeight - height;
    case 'Home':
      return 'start';
    case 'End':
      return 'end';
    default:
      return undefined;
  }
}

/** Where a value stands, or would stand, in a list in order. */
export function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
