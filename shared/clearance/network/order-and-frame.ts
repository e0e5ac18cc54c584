import type { Vec3 } from '../../twin/asset.ts'

/** Order of ids everywhere they are sorted: by code unit, the same in every language and on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Local frame to project CRS. */
export const inProject = (p: Vec3, origin: Vec3): Vec3 => [p[0] + origin[0], p[1] + origin[1], p[2] + origin[2]]
