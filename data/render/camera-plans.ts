import type { TruthLabel } from './scene-description.ts';

/** Something put on the street for the clip; in street coordinates of the camera (see `StreetFrame`). */
export interface PlannedProp {
  id: string;
  model: string;
  ahead: number;
  left: number;
  /** 0 looks the way the camera looks along the street, positive clockwise */
  turnDegrees: number;
  variant?: number;
  truth?: TruthLabel;
}

export interface CameraPlan {
  id: string;
  nameZh: string;
  nameEn: string;
  heightMetres: number;
  /** added to the bearing of the street */
  turnDegrees: number;
  pitchDegrees: number;
  rollDegrees: number;
  horizontalFovDegrees: number;
  k1: number;
  sun: { azimuthDegrees: number; elevationDegrees: number };
  props: PlannedProp[];
  /** parts of the map that are found in a bad state: of each class the one nearest ahead of the camera */
  spoilt: { class: string; model: string; truth: TruthLabel }[];
}

const RANGE_METRES = 120;
export { RANGE_METRES };

function incident(
  kind: 'part' | 'event',
  id: string,
  place: TruthLabel['place'],
  condition: string,
): TruthLabel {
  return { kind, class: id, condition, stance: 'upright', place, incident: true };
}

const vendor = incident('event', 'E09001', 'footway', '在城市公共场所流动经营摊贩');
const rubbish = incident('event', 'E06010', 'footway', '成堆垃圾暴露在外');
const overflow = incident('event', 'E06042', 'footway', '垃圾箱满溢');
const parkedOnFootway = incident('event', 'E09009', 'footway', '机动车停放在人行道上');
const parkedOnCarriageway = incident('event', 'E09009', 'carriageway', '机动车违法停放在车行道上');
const openManhole: TruthLabel = {
  ...incident('part', 'P01003', 'carriageway', '缺失、移位、开裂，存在安全隐患的'),
  stance: 'flat',
};

/**
 * What every camera is called, how it hangs and what is wrong in its street. Where it stands comes from
 * `data/qilihe/scenes.json`. All of it is invented.
 */
export const CAMERA_PLANS: readonly CameraPlan[] = [
  {
    id: 'camera-1',
    nameZh: '南滨河西路二段·人行道',
    nameEn: 'Nanbinhe West Road Section 2, footway',
    heightMetres: 8,
    turnDegrees: -3,
    pitchDegrees: -17,
    rollDegrees: 0.4,
    horizontalFovDegrees: 64,
    k1: 0,
    sun: { azimuthDegrees: 215, elevationDegrees: 52 },
    props: [
      { id: 'vendor', model: 'vendor-stall', ahead: 17.5, left: 15.8, turnDegrees: 195, truth: vendor },
      { id: 'vendor-person', model: 'person', ahead: 16.9, left: 17.9, turnDegrees: 120, variant: 5 },
      { id: 'customer', model: 'person', ahead: 15.8, left: 14.3, turnDegrees: -20, variant: 0 },
      { id: 'rubbish', model: 'rubbish-pile', ahead: 33, left: 18, turnDegrees: 40, truth: rubbish },
    ],
    spoilt: [],
  },
  {
    id: 'camera-2',
    nameZh: '建西路·雨水井',
    nameEn: 'Jianxi Road, storm drains',
    heightMetres: 7.8,
    turnDegrees: 2,
    pitchDegrees: -25,
    rollDegrees: -0.5,
    horizontalFovDegrees: 66,
    k1: -0.1,
    sun: { azimuthDegrees: 160, elevationDegrees: 50 },
    props: [
      {
        id: 'rubbish',
        model: 'rubbish-pile',
        ahead: 25,
        left: 17.2,
        turnDegrees: 30,
        variant: 3,
        truth: rubbish,
      },
    ],
    spoilt: [],
  },
  {
    id: 'camera-3',
    nameZh: '西津西路·马滩路口',
    nameEn: 'Xijin West Road at Matan Road',
    heightMetres: 8.5,
    turnDegrees: 0,
    pitchDegrees: -16,
    rollDegrees: 0.3,
    horizontalFovDegrees: 68,
    k1: 0,
    sun: { azimuthDegrees: 235, elevationDegrees: 46 },
    props: [
      {
        id: 'car-footway',
        model: 'car',
        ahead: 21,
        left: 16.2,
        turnDegrees: 6,
        variant: 2,
        truth: parkedOnFootway,
      },
      {
        id: 'car-carriageway',
        model: 'car',
        ahead: 16.5,
        left: 11.6,
        turnDegrees: 180,
        variant: 4,
        truth: parkedOnCarriageway,
      },
    ],
    spoilt: [],
  },
  {
    id: 'camera-4',
    nameZh: '武威路·任家庄街口',
    nameEn: 'Wuwei Road at Renjiazhuang Street',
    heightMetres: 8,
    turnDegrees: 0,
    pitchDegrees: -18,
    rollDegrees: 0,
    horizontalFovDegrees: 65,
    k1: -0.12,
    sun: { azimuthDegrees: 150, elevationDegrees: 48 },
    props: [
      {
        id: 'rubbish',
        model: 'rubbish-pile',
        ahead: 28,
        left: 17.6,
        turnDegrees: 0,
        variant: 1,
        truth: rubbish,
      },
    ],
    spoilt: [{ class: 'P01003', model: 'open-manhole', truth: openManhole }],
  },
  {
    id: 'camera-5',
    nameZh: '瓜州路·沿街商铺',
    nameEn: 'Guazhou Road, shop fronts',
    heightMetres: 7.6,
    turnDegrees: -4,
    pitchDegrees: -18,
    rollDegrees: -0.6,
    horizontalFovDegrees: 70,
    k1: -0.08,
    sun: { azimuthDegrees: 255, elevationDegrees: 42 },
    props: [
      {
        id: 'vendor',
        model: 'vendor-stall',
        ahead: 27,
        left: 15.4,
        turnDegrees: 160,
        variant: 1,
        truth: vendor,
      },
      { id: 'vendor-person', model: 'person', ahead: 28.4, left: 16.6, turnDegrees: 180, variant: 7 },
    ],
    spoilt: [{ class: 'P03005', model: 'overflowing-bin', truth: overflow }],
  },
  {
    id: 'camera-6',
    nameZh: '敦煌路·西津西路口',
    nameEn: 'Dunhuang Road at Xijin West Road',
    heightMetres: 8.2,
    turnDegrees: 2,
    pitchDegrees: -17,
    rollDegrees: 0.5,
    horizontalFovDegrees: 62,
    k1: 0,
    sun: { azimuthDegrees: 245, elevationDegrees: 50 },
    props: [
      {
        id: 'rubbish',
        model: 'rubbish-pile',
        ahead: 19,
        left: 17,
        turnDegrees: 15,
        variant: 2,
        truth: rubbish,
      },
      {
        id: 'car-footway',
        model: 'van',
        ahead: 31,
        left: 16.4,
        turnDegrees: -4,
        variant: 1,
        truth: parkedOnFootway,
      },
    ],
    spoilt: [{ class: 'P01003', model: 'open-manhole', truth: openManhole }],
  },
  {
    id: 'camera-7',
    nameZh: '土门墩路·沿街商铺',
    nameEn: 'Tumendun Road, shop fronts',
    heightMetres: 8,
    turnDegrees: -3,
    pitchDegrees: -18,
    rollDegrees: 0.2,
    horizontalFovDegrees: 66,
    k1: 0,
    sun: { azimuthDegrees: 225, elevationDegrees: 55 },
    props: [
      {
        id: 'rubbish',
        model: 'rubbish-pile',
        ahead: 17,
        left: 17.3,
        turnDegrees: 20,
        variant: 4,
        truth: rubbish,
      },
      {
        id: 'car-carriageway',
        model: 'van',
        ahead: 24,
        left: 11.6,
        turnDegrees: 180,
        variant: 2,
        truth: parkedOnCarriageway,
      },
    ],
    spoilt: [],
  },
  {
    id: 'camera-8',
    nameZh: '晏家坪路·西站西路口',
    nameEn: 'Yanjiaping Road at Xizhan West Road',
    heightMetres: 8.3,
    turnDegrees: 1,
    pitchDegrees: -17,
    rollDegrees: -0.3,
    horizontalFovDegrees: 67,
    k1: -0.1,
    sun: { azimuthDegrees: 205, elevationDegrees: 50 },
    props: [
      { id: 'rubbish', model: 'rubbish-pile', ahead: 22, left: 17.4, turnDegrees: 70, truth: rubbish },
      {
        id: 'vendor',
        model: 'vendor-stall',
        ahead: 33,
        left: 15.6,
        turnDegrees: 190,
        variant: 2,
        truth: vendor,
      },
      { id: 'vendor-person', model: 'person', ahead: 34.2, left: 17.2, turnDegrees: 175, variant: 3 },
    ],
    spoilt: [],
  },
];
