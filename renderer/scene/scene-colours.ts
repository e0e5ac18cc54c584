/** Colours of what surrounds the network, per theme: quiet, so that the standard colours of the lines stand out. sRGB. */
export interface SceneColours {
  readonly zenith: string
  /** Also the fog. */
  readonly horizon: string
  readonly nadir: string
  readonly skyLight: string
  readonly groundLight: string
  readonly sunLight: string
  readonly soil: string
  readonly roadway: string
  readonly footway: string
  readonly green: string
  readonly water: string
  readonly kerb: string
  readonly centreline: string
  readonly contact: string
  readonly contour: string
  readonly building: string
  readonly roof: string
  readonly buildingEdge: string
  readonly tree: string
  readonly pole: string
  readonly concrete: string
  readonly accent: string
  readonly outline: string
  readonly mandatory: string
  readonly advisory: string
}

export type ThemeName = 'dark' | 'light'

export const SCENE_COLOURS: Readonly<Record<ThemeName, SceneColours>> = {
  dark: {
    zenith: '#0d1116', horizon: '#1d242d', nadir: '#0a0c10', skyLight: '#c3d0e0', groundLight: '#59524b', sunLight: '#fff1dc',
    soil: '#3a3f45', roadway: '#2b3037', footway: '#4b5159', green: '#35483b', water: '#24465c', kerb: '#767f8a', centreline: '#5d6671', contact: '#0b0d10',
    contour: '#aab4c0', building: '#707985', roof: '#848d99', buildingEdge: '#c8d2dd', tree: '#47684f', pole: '#8a939e', concrete: '#9aa1a9',
    accent: '#5aa7ff', outline: '#ffffff', mandatory: '#ff5a4d', advisory: '#f5b733',
  },
  light: {
    zenith: '#c9d8e6', horizon: '#eef1f3', nadir: '#dcd8d2', skyLight: '#ffffff', groundLight: '#a8a199', sunLight: '#fff4e2',
    soil: '#d3cec4', roadway: '#b9bdc1', footway: '#dedcd6', green: '#b9cba8', water: '#9fc3da', kerb: '#8d9399', centreline: '#d8dadc', contact: '#4b4a48',
    contour: '#6d6a64', building: '#f2f1ee', roof: '#fbfaf8', buildingEdge: '#6f757c', tree: '#8fb083', pole: '#7c838a', concrete: '#a7a9ab',
    accent: '#1268e0', outline: '#10151b', mandatory: '#d8281a', advisory: '#b87900',
  },
}
