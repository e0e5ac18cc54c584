/** What an asset carries. Rule packs sort kinds into finer classes (design §5). Order is the wire order: append only. */
export const ASSET_KINDS = [
  'water', 'reclaimed', 'sewer_foul', 'sewer_storm', 'sewer_combined', 'gas', 'heat', 'power', 'telecom',
  'industrial', 'tunnel', 'trench', 'unknown',
] as const
export type AssetKind = (typeof ASSET_KINDS)[number]

/** Gas pressure classes of GB 50028 / GB 50289; `high` is above 1.6 MPa. Append only. */
export const PRESSURE_CLASSES = ['low', 'medium_b', 'medium_a', 'sub_high_b', 'sub_high_a', 'high'] as const
export type PressureClass = (typeof PRESSURE_CLASSES)[number]

export const LAYINGS = ['direct', 'duct', 'trench', 'tunnel'] as const
export type Laying = (typeof LAYINGS)[number]

export const ASSET_STATUSES = ['in_use', 'abandoned', 'planned', 'removed'] as const
export type AssetStatus = (typeof ASSET_STATUSES)[number]

export const NODE_TYPES = [
  'manhole', 'chamber', 'valve', 'hydrant', 'gully', 'source', 'tank', 'pump', 'outfall', 'junction', 'connection', 'pole', 'other',
] as const
export type NodeType = (typeof NODE_TYPES)[number]

/** What a level in a source refers to; always turned into the axis before any test. */
export const LEVEL_REFERENCES = ['axis', 'crown', 'invert', 'depth_to_crown', 'depth_to_axis', 'depth_to_invert'] as const
export type LevelReference = (typeof LEVEL_REFERENCES)[number]

/** Ground use that cover limits distinguish. */
export const SURFACE_CLASSES = ['roadway', 'footway', 'green'] as const
export type SurfaceClass = (typeof SURFACE_CLASSES)[number]

/** Flow by gravity: laid to a fall, levels surveyed at the invert, and last to give way. */
export const GRAVITY_KINDS: ReadonlySet<AssetKind> = new Set(['sewer_foul', 'sewer_storm', 'sewer_combined'])
