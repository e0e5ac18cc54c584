import schemes from '#assets/colours/schemes.json' with { type: 'json' }
import type { Palette } from './colour-classes.ts'

/** `count` colours evenly along the sequential scale of a palette, light to dark. Lightness falls steadily, so the order survives any colour vision and a grey print. */
export function ramp(palette: Palette, count: number): string[] {
  const stops = schemes[palette].sequential
  return Array.from({ length: count }, (_, i) => {
    const place = count < 2 ? 0 : (i * (stops.length - 1)) / (count - 1)
    const k = Math.min(stops.length - 2, Math.floor(place))
    return mix(stops[k]!, stops[k + 1]!, place - k)
  })
}

function mix(a: string, b: string, share: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
  return `#${[1, 3, 5].map(at => Math.round(channel(a, at) + share * (channel(b, at) - channel(a, at))).toString(16).padStart(2, '0')).join('')}`
}
