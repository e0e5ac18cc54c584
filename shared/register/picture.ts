import { z } from 'zod'

/** Longest side of a picture that is kept, pixels; and the most its bytes may be. */
export const PICTURE_PX = 1600
export const MAX_PICTURE_BYTES = 600_000

/** A picture somebody took of a view or brought along: comments and decisions name it by its id. */
export const pictureSchema = z.strictObject({
  type: z.enum(['image/jpeg', 'image/png']),
  base64: z.base64().min(4).max(Math.ceil(MAX_PICTURE_BYTES / 3) * 4),
  widthPx: z.int().min(1).max(PICTURE_PX),
  heightPx: z.int().min(1).max(PICTURE_PX),
})
export type Picture = z.infer<typeof pictureSchema>

/** Id of the collection `pictures`. */
export const pictureIdSchema = z.string().min(1).max(100)

/** As the address of an image: pages that load nothing carry it inside. */
export const pictureAddress = ({ type, base64 }: Pick<Picture, 'type' | 'base64'>): string => `data:${type};base64,${base64}`
