import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { checkCameraUrl, redactUrl, resolveCameraUrl } from './camera-url.ts';

const open = { privateRanges: 'allow' } as const;
const closed = { privateRanges: 'deny' } as const;

function faultOf(text: string, policy: { privateRanges: 'allow' | 'deny' } = open): unknown {
  try {
    checkCameraUrl(text, policy);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.details;
    throw error;
  }
}

describe('camera URLs', () => {
  it('lets rtsp and rtsps through, with credentials, port, path and query', () => {
    expect(
      faultOf('rtsp://admin:s3cret@192.168.1.64:554/Streaming/Channels/101?transportmode=unicast'),
    ).toBeNull();
    expect(faultOf('rtsps://camera.example.org/live')).toBeNull();
    expect(faultOf('rtsp://[fe80::1]:554/live')).toBeNull();
  });

  it.each([
    ['file:///etc/passwd', 'SCHEME'],
    ['concat:/etc/passwd|/etc/hosts', 'CHARACTERS'],
    ['http://camera.example.org/', 'SCHEME'],
    ['pipe:0&&&&&', 'SCHEME'],
    ['-i /etc/passwd', 'CHARACTERS'],
    ['rtsp://host/a\nb', 'CHARACTERS'],
    ['rtsp://host/\u0000', 'CHARACTERS'],
    ['rtsp://хост/live', 'CHARACTERS'],
    ['rtsp:///live', 'HOST'],
    ['rtsp:live/1', 'HOST'],
    ['rtsp://0.0.0.0/live', 'ADDRESS'],
    ['rtsp://239.1.1.1/live', 'ADDRESS'],
    [`rtsp://host/${'a'.repeat(2048)}`, 'LENGTH'],
    ['rtsp://', 'SYNTAX'],
  ])('refuses %j', (text, fault) => {
    expect(faultOf(text)).not.toBeNull();
    if (fault !== 'SYNTAX') expect(faultOf(text)).toEqual({ fault });
  });

  it('never repeats the URL in the error', () => {
    expect(JSON.stringify(faultOf('http://admin:s3cret@host/'))).not.toContain('s3cret');
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.0.1',
    '169.254.169.254',
    '[::1]',
    '[fd00::1]',
    '[::ffff:127.0.0.1]',
  ])('refuses %s where private ranges are denied', (host) => {
    expect(faultOf(`rtsp://${host}/live`, closed)).toEqual({ fault: 'ADDRESS' });
    expect(faultOf(`rtsp://${host}/live`, open)).toBeNull();
  });

  it('refuses a name that stands for a private address', async () => {
    await expect(resolveCameraUrl('rtsp://localhost/live', closed)).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
    });
    await expect(resolveCameraUrl('rtsp://localhost/live', open)).resolves.toBe('rtsp://localhost/live');
  });

  it('takes credentials out of any text', () => {
    expect(redactUrl('[tcp] rtsp://admin:p@ss:w@10.0.0.1:554/live?token=abc failed')).toBe(
      '[tcp] rtsp://***@10.0.0.1:554/live?*** failed',
    );
    expect(redactUrl('rtsp://10.0.0.1/live')).toBe('rtsp://10.0.0.1/live');
  });
});
