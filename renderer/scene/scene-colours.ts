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
    zenith: '#0b1118', horizon: '#1d2833', nadir: '#1a1f25', skyLight: '#dfe8f3', groundLight: '#9aa3ad', sunLight: '#fff1dc',
    soil: '#27313c', roadway: '#66737f', footway: '#48535e', green: '#2f4a3c', water: '#28587c', kerb: '#8794a2', centreline: '#c3ced8', contact: '#0d1218',
    contour: '#b5c3d1', building: '#7f93a8', roof: '#93a7bc', buildingEdge: '#b9cde2', tree: '#5f9075', pole: '#9aa7b4', concrete: '#b3bcc6',
    accent: '#5aa7ff', outline: '#ffffff', mandatory: '#ff5a4d', advisory: '#f5b733',
  },
  light: {
    zenith: '#cfdde9', horizon: '#f1f3f4', nadir: '#e8e6e1', skyLight: '#ffffff', groundLight: '#b5aea6', sunLight: '#fff4e2',
    soil: '#d5d0c3', roadway: '#bfc4c9', footway: '#efece6', green: '#c9d9ba', water: '#a5c8de', kerb: '#8d9399', centreline: '#f4f5f6', contact: '#6f6c68',
    contour: '#8a867e', building: '#c3ccd5', roof: '#d3dae1', buildingEdge: '#66717d', tree: '#86ad7c', pole: '#7c838a', concrete: '#969a9e',
    accent: '#1268e0', outline: '#10151b', mandatory: '#d8281a', advisory: '#b87900',
  },
}
