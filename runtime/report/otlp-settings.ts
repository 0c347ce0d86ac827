type Environment = Readonly<Record<string, string | undefined>>;

/** How a trace is sent, by OpenTelemetry's variables. */
export type OtlpSettings =
  /** Nobody asked for it. */
  | { readonly kind: 'off' }
  | { readonly kind: 'unsupported'; readonly protocol: string }
  | { readonly kind: 'on'; readonly protocol: 'http/protobuf' | 'http/json'; readonly endpoint: string };

/** Reads which of the ways to send a trace was chosen; the exporter reads headers, compression and limits by itself. */
export function otlpSettings(environment: Environment): OtlpSettings {
  const value = (name: string) => environment[name]?.trim() || undefined;
  const endpoint = value('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? value('OTEL_EXPORTER_OTLP_ENDPOINT');
  const exporters = value('OTEL_TRACES_EXPORTER')?.split(',') ?? ['otlp'];
  const isDisabled = value('OTEL_SDK_DISABLED')?.toLowerCase() === 'true';
  if (endpoint === undefined || isDisabled || !exporters.some((name) => name.trim() === 'otlp')) return { kind: 'off' };
  const protocol =
    value('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? value('OTEL_EXPORTER_OTLP_PROTOCOL') ?? 'http/protobuf';
  if (protocol !== 'http/protobuf' && protocol !== 'http/json') return { kind: 'unsupported', protocol };
  return { kind: 'on', protocol, endpoint };
}
