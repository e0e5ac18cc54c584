import { Box2, DataTexture, NearestFilter, RGBAIntegerFormat, UnsignedIntType, Vector2, type WebGLRenderer } from 'three'
import { SEGMENT_ROW, type SegmentWords } from './segment-words.ts'
import { SegmentSupply } from './segment-supply.ts'

/** The packed segments as the shaders read them, empty at first and supplied in bands. */
export interface SegmentTexture {
  readonly texture: DataTexture
  readonly supply: SegmentSupply
}

export function segmentTexture(segments: SegmentWords, gl: WebGLRenderer): SegmentTexture {
  // What is copied from never goes to the graphics itself; what is copied to is only laid out there.
  const [source, texture] = [wordsTexture(segments.words, segments.rows), wordsTexture(null, segments.rows)]
  texture.source.dataReady = false
  texture.needsUpdate = true
  const [region, place] = [new Box2(), new Vector2()]
  const supply = new SegmentSupply(segments, (firstRow, rows) => {
    region.min.set(0, firstRow)
    region.max.set(SEGMENT_ROW, firstRow + rows)
    gl.copyTextureToTexture(source, texture, region, place.set(0, firstRow))
  })
  return { texture, supply }
}

function wordsTexture(words: SegmentWords['words'] | null, rows: number): DataTexture {
  const texture = new DataTexture(words, SEGMENT_ROW, rows, RGBAIntegerFormat, UnsignedIntType)
  texture.internalFormat = 'RGBA32UI'
  texture.minFilter = texture.magFilter = NearestFilter
  return texture
}

/**
 * Brings the rest while there is nothing else to do, a band at a time.
 * @returns ends it.
 */
export function supplyRest(supply: SegmentSupply): () => void {
  let asked = 0
  const go = (deadline: IdleDeadline) => {
    do supply.bringNext()
    while (!supply.isWhole && deadline.timeRemaining() > SLICE_MS)
    if (!supply.isWhole) ask()
  }
  const ask = () => {
    asked = requestIdleCallback(go, { timeout: LONGEST_WAIT_MS })
  }
  if (!supply.isWhole) ask()
  return () => cancelIdleCallback(asked)
}

/** What a band may take; a moment shorter is left to others. */
const SLICE_MS = 4
/** Where the page is busy all the time a band goes all the same. */
const LONGEST_WAIT_MS = 250
