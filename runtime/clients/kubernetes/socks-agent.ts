import type http from 'node:http';
import type https from 'node:https';
// By name in a file of its own, which is loaded late: names of a CommonJS package that is itself loaded late get lost in a bundle.
import { SocksProxyAgent } from 'socks-proxy-agent';

/** Connects through a SOCKS proxy, such as `socks5://127.0.0.1:1080`. */
export function socksAgent(proxy: string, options: https.AgentOptions): http.Agent {
  return new SocksProxyAgent(proxy, options as object);
}
