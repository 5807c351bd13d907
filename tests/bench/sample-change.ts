import type { Change } from '#contract/realtime';

/** A change of the size that a real case has on the wire. */
export function sampleChange(seq: number): Change {
  const at = new Date().toISOString();
  return {
    seq,
    kind: 'case',
    id: '0199e0a0-0000-7000-8000-000000000000',
    at,
    patch: {
      id: '0199e0a0-0000-7000-8000-000000000000',
      number: '620103-20261016-00001',
      stage: 'handling',
      version: seq,
      class: 'E09001',
      className: { zh: '无照经营游商', en: 'Unlicensed street vendor' },
      kind: 'event',
      channel: 'video',
      position: { lon: 103.7751441, lat: 36.0761812 },
      accuracyMetres: 0.4,
      cell: { code: '620103003001001' },
      communityCode: '620103003001',
      subdistrictCode: '620103003',
      unit: {
        code: 'U10',
        name: { zh: '城管执法局', en: 'Urban Management Law Enforcement' },
        phone: '0931-0000010',
      },
      cameraId: 'camera-1',
      note: '',
      urgent: false,
      special: false,
      secondNotices: 0,
      reportCount: 1,
      timing: 'working',
      receivedAt: at,
      filedAt: at,
      stageSince: at,
      updatedAt: at,
      dueAt: at,
      warnAt: at,
      light: 'green',
      whole: { dueAt: at, warnAt: at, light: 'green' },
    },
  };
}
