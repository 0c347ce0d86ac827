import { useEffect, useState } from 'preact/hooks';

/** A setting that the browser keeps for this page. */
export function useSaved<T>(key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => read(key, initial));
  useEffect(() => {
    const look = (event: StorageEvent) => {
      if (event.key === prefixed(key)) setValue(read(key, initial));
    };
    addEventListener('storage', look);
    return () => removeEventListener('storage', look);
  }, [key]);
  return [
    value,
    (next) => {
      setValue(next);
      try {
        localStorage.setItem(prefixed(key), JSON.stringify(next));
      } catch {
        // A browser that keeps nothing still shows everything.
      }
    },
  ];
}

function prefixed(key: string): string {
  return `tilt-ts.${key}`;
}

function read<T>(key: string, initial: T): T {
  try {
    const text = localStorage.getItem(prefixed(key));
    return text === null ? initial : (JSON.parse(text) as T);
  } catch {
    return initial;
  }
}
