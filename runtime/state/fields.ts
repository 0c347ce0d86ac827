import type { Json } from '../../stdlib/model/kubernetes.ts';

// What clients wrote into objects of the API: its types were checked, and anything may be missing.

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type Fields = { readonly [key: string]: Json | undefined };

export function record(value: Json | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
