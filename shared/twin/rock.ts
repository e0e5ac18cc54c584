import type { Stratum } from './borehole.ts'

const ROCKS = 'rock|bedrock|mudstone|siltstone|sandstone|limestone|chalk|shale|coal|conglomerate|breccia|ironstone|gypsum|dolomite|marble|slate|schist|gneiss|granite|diorite|gabbro|basalt|andesite|rhyolite|dolerite|tuff|quartzite|marlstone|claystone'
const SOILS = 'made|ground|fill|topsoil|clay|silt|sand|gravel|cobbles?|boulders?|peat|loam|loess|alluvium|till|concrete|void|mud'
const ROCK = new RegExp(String.raw`\b(${ROCKS})\b`)
const SOIL = new RegExp(String.raw`\b(${SOILS})\b`)
/** 泥岩, 中风化砂岩, 基岩, 石灰岩: the name ends the clause. */
const ROCK_ZH = /(岩|岩石|煤层|岩层)$/

/**
 * Whether a layer of a log is rock by its own words; where they do not say, by a legend code of AGS, of which those from 800
 * to 899 are rocks. A soil with pieces of rock in it is none, nor is what cannot be told.
 */
export function rockIn({ description, code }: Pick<Stratum, 'description' | 'code'>): boolean {
  const isNumbered = /^\d{3}$/.test(code.trim())
  const said = inWords(description) ?? (isNumbered ? null : inWords(code))
  return said ?? (isNumbered && code.trim().startsWith('8'))
}

function inWords(text: string): boolean | null {
  const clause = text.trim().split(/[.,;:(（，。；：、\r\n]/)[0]!.trim()
  if (/\p{Script=Han}/u.test(clause)) return ROCK_ZH.test(clause)
  // The logs of BS 5930 write what a layer mainly is in capitals: "sandy CLAY with fragments of mudstone".
  const capitals = /[a-z]/.test(clause) ? (clause.match(/\b[A-Z]{3,}\b/g) ?? []).join(' ').toLowerCase() : ''
  for (const part of [capitals, clause.toLowerCase()]) {
    if (SOIL.test(part)) return false
    if (ROCK.test(part)) return true
  }
  return null
}
