/** Models by part class of GB/T 47678.5-2026; a class without one is not drawn. */
const MODELS: Record<string, string> = {
  P01003: 'storm-cover',
  P01004: 'grate',
  P01013: 'hydrant',
  P01027: 'cabinet',
  P01028: 'transformer',
  P01030: 'pole',
  P01031: 'pole',
  P01037: 'lamp',
  P01048: 'transformer',
  P01050: 'camera-pole',
  P01054: 'charger',
  P01060: 'cabinet',
  P01075: 'locker',
  P02004: 'bus-stop',
  P02010: 'sign',
  P02012: 'name-plate',
  P02014: 'signal',
  P02015: 'cabinet',
  P02017: 'railing',
  P02020: 'bollard',
  P02021: 'bollard',
  P02025: 'bicycles',
  P03005: 'bin',
  P03006: 'billboard',
  P03008: 'notice-board',
  P04001: 'tree',
  P04002: 'tree',
  P04003: 'tree',
  P04005: 'planter',
  P04007: 'bench',
};
const COVER_MINORS = [1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 17, 18, 19, 20, 21, 22, 23];
const COVERS = new Set(COVER_MINORS.map((minor) => `P01${String(minor).padStart(3, '0')}`));
const FLAT = new Set(['grate', 'cover', 'storm-cover', 'open-manhole']);

export function modelOfPart(partClass: string): string | undefined {
  return COVERS.has(partClass) ? 'cover' : MODELS[partClass];
}

export function stanceOfPart(model: string): 'upright' | 'flat' {
  return FLAT.has(model) ? 'flat' : 'upright';
}
