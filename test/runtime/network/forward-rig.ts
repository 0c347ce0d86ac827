import http from 'node:http';
import type { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import type { Running } from '../../../runtime/engine/ports.ts';
import { createForwarder } from '../../../runtime/network/forwarder.ts';
import type { Watched } from '../deploy/cluster-rig.ts';

/** Answers with the name of its pod, and has something big to hand out. */
export const SERVER =
  'mkdir /www; hostname > /www/index.html; dd if=/dev/zero of=/www/big bs=1M count=8; exec httpd -f -p 8000 -h /www';

export function get(port: number, host = '127.0.0.1', path = '/'): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.get({ host, port, path, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text.trim()));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

export interface ForwardFields {
  readonly localPort?: number;
  readonly containerPort?: number;
  readonly host?: string;
}

export interface Forwarded {
  /** Resolves with the port. */
  readonly listening: Promise<number>;
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

/** Forwards a port to what was deployed. */
export function forwarded(client: KubernetesClient, { resource, deployed }: Watched, more: ForwardFields): Forwarded {
  const whole = { localPort: 0, containerPort: 0, host: '', name: '', linkPath: '', ...more };
  const failures: string[] = [];
  let running: Running | undefined;
  const listening = new Promise<number>((resolve) => {
    running = createForwarder(client).forward(resource, deployed, whole, {
      listening: resolve,
      failed: (message) => void failures.push(message),
    });
  });
  return { listening, failures, stop: async () => running?.stop() };
}
