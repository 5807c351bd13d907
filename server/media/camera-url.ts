import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { appError } from '../errors.ts';

/** Camera URLs are hostile input: what is let through here is the only thing ffmpeg ever sees. */
export interface UrlPolicy {
  /** `deny` refuses loopback, private and link-local addresses, for servers whose cameras are all public. */
  privateRanges: 'allow' | 'deny';
}

const maxUrlLength = 2048;
const schemes = new Set(['rtsp:', 'rtsps:']);

/** Never a camera: this network, multicast, reserved, broadcast. */
const impossible = new BlockList();
impossible.addSubnet('0.0.0.0', 8, 'ipv4');
impossible.addSubnet('224.0.0.0', 3, 'ipv4');
impossible.addAddress('::', 'ipv6');
impossible.addSubnet('ff00::', 8, 'ipv6');

const privateRanges = new BlockList();
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  privateRanges.addSubnet(net, bits, 'ipv4');
}
privateRanges.addAddress('::1', 'ipv6');
privateRanges.addSubnet('fc00::', 7, 'ipv6');
privateRanges.addSubnet('fe80::', 10, 'ipv6');

type UrlFault = 'LENGTH' | 'CHARACTERS' | 'SYNTAX' | 'SCHEME' | 'HOST' | 'ADDRESS';

function refuse(fault: UrlFault): never {
  throw appError('SOURCE_REFUSED', { fault });
}

function isListed(list: BlockList, address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return list.check(mapped, 'ipv4');
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function refuseAddress(address: string, policy: UrlPolicy): void {
  if (isListed(impossible, address)) refuse('ADDRESS');
  if (policy.privateRanges === 'deny' && isListed(privateRanges, address)) refuse('ADDRESS');
}

/**
 * Checks form and literal addresses, without the network. Throws SOURCE_REFUSED (422) whose details name the fault
 * and never repeat the URL.
 */
export function checkCameraUrl(text: string, policy: UrlPolicy): URL {
  if (text.length < 8 || text.length > maxUrlLength) refuse('LENGTH');
  if (/[^\x21-\x7e]/.test(text) || /["'<>\\^`{|}]/.test(text)) refuse('CHARACTERS');
  const url = URL.canParse(text) ? new URL(text) : refuse('SYNTAX');
  if (!schemes.has(url.protocol)) refuse('SCHEME');
  if (!/^[a-z]+:\/\/[^/]/i.test(text)) refuse('HOST');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!/^[A-Za-z0-9._:%-]+$/.test(host) || host.startsWith('-')) refuse('HOST');
  if (isIP(host)) refuseAddress(host, policy);
  return url;
}

/**
 * The URL to open now: the name is resolved and every address it has is held against the policy. Where private ranges
 * are denied, the address checked is the address opened, so a name cannot change its mind in between.
 * Throws SOURCE_REFUSED, or the resolver's error (`ENOTFOUND`, `EAI_AGAIN`).
 */
export async function resolveCameraUrl(text: string, policy: UrlPolicy): Promise<string> {
  const url = checkCameraUrl(text, policy);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host)) return text;
  const addresses = await lookup(host, { all: true });
  for (const { address } of addresses) refuseAddress(address, policy);
  const [first] = addresses;
  if (policy.privateRanges === 'allow' || !first) return text;
  url.hostname = first.family === 6 ? `[${first.address}]` : first.address;
  return url.href;
}

/** Takes user names, passwords and query values out of every URL in a text, for logs and messages. */
export function redactUrl(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi, '$1***@')
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s?#]*)[?#]\S*/gi, '$1?***');
}
