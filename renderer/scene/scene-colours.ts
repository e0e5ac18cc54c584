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
    zenith: '#10161d', horizon: '#2a343f', nadir: '#2a2d31', skyLight: '#dbe3ee', groundLight: '#8d867d', sunLight: '#fff1dc',
    soil: '#6c727a', roadway: '#464e58', footway: '#8f969f', green: '#5b7660', water: '#34688a', kerb: '#aab3bd', centreline: '#9aa3ad', contact: '#0d1013',
    contour: '#c9d2db', building: '#a2abb5', roof: '#b4bdc7', buildingEdge: '#e4ebf2', tree: '#6b8b72', pole: '#b0b8c1', concrete: '#aab1b8',
    accent: '#5aa7ff', outline: '#ffffff', mandatory: '#ff5a4d', advisory: '#f5b733',
  },
  light: {
    zenith: '#c9d8e6', horizon: '#eef1f3', nadir: '#e4e1dc', skyLight: '#ffffff', groundLight: '#a8a199', sunLight: '#fff4e2',
    soil: '#d3cec4', roadway: '#b9bdc1', footway: '#dedcd6', green: '#b9cba8', water: '#9fc3da', kerb: '#8d9399', centreline: '#d8dadc', contact: '#4b4a48',
    contour: '#6d6a64', building: '#f2f1ee', roof: '#fbfaf8', buildingEdge: '#6f757c', tree: '#8fb083', pole: '#7c838a', concrete: '#a7a9ab',
    accent: '#1268e0', outline: '#10151b', mandatory: '#d8281a', advisory: '#b87900',
  },
}
