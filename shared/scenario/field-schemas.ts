import { z } from 'zod'

/** Fields that several shapes share. */

/** Coordinates beyond this are no place on Earth in any projected system: a typing slip or a hostile file. */
const COORDINATE_LIMIT_M = 1e9
export const coordinate = z.number().min(-COORDINATE_LIMIT_M).max(COORDINATE_LIMIT_M)
export const vec3Schema = z.tuple([coordinate, coordinate, coordinate]).readonly()
export const idSchema = z.string().min(1).max(200)
