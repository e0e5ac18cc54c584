import { ElementReader } from './element-reader.ts'
import type { BcfBitmap, BcfCamera, BcfColour, BcfComponent, BcfComponents, BcfExceptions, BcfPoint, BcfView } from './model.ts'
import type { XmlElement } from './xml-tree.ts'

/** A VisualizationInfo of any version. */
export function readView(element: XmlElement): BcfView {
  const reader = new ElementReader(element)
  const guid = reader.attribute('Guid')
  const components = reader.child('Components')
  const cameras = (['orthogonal', 'perspective'] as const).flatMap(projection =>
    reader.children(projection === 'orthogonal' ? 'OrthogonalCamera' : 'PerspectiveCamera').map(camera => readCamera(projection, camera)))
  const lines = reader.wrapper('Lines')?.children('Line').map(line =>
    ({ start: readPoint(line.child('StartPoint')), end: readPoint(line.child('EndPoint')), rest: line.rest() }))
  const clippingPlanes = reader.wrapper('ClippingPlanes')?.children('ClippingPlane').map(plane =>
    ({ location: readPoint(plane.child('Location')), direction: readPoint(plane.child('Direction')), rest: plane.rest() }))
  return { guid, components: components && readComponents(components), cameras, lines, clippingPlanes, bitmaps: readBitmaps(reader), rest: reader.rest() }
}

function readPoint(reader: ElementReader | undefined): BcfPoint | undefined {
  return reader && { x: reader.text('X'), y: reader.text('Y'), z: reader.text('Z'), rest: reader.rest() }
}

function readCamera(projection: BcfCamera['projection'], reader: ElementReader): BcfCamera {
  return {
    projection,
    viewPoint: readPoint(reader.child('CameraViewPoint')), direction: readPoint(reader.child('CameraDirection')), up: readPoint(reader.child('CameraUpVector')),
    extent: reader.text(projection === 'orthogonal' ? 'ViewToWorldScale' : 'FieldOfView'), aspectRatio: reader.text('AspectRatio'), rest: reader.rest(),
  }
}

/** 3.0 lists them in Bitmaps; 2.1 repeats Bitmap, 2.0 Bitmaps, each with its format in an inner Bitmap. */
function readBitmaps(reader: ElementReader): BcfBitmap[] | undefined {
  const repeated = [...reader.children('Bitmap'), ...(isBitmapList(reader) ? [] : reader.children('Bitmaps'))]
  const listed = reader.wrapper('Bitmaps')?.children('Bitmap')
  if (!listed && repeated.length === 0) return undefined
  return [...repeated, ...(listed ?? [])].map(bitmap => ({
    format: bitmap.text('Format') ?? bitmap.text('Bitmap'), reference: bitmap.text('Reference'), location: readPoint(bitmap.child('Location')),
    normal: readPoint(bitmap.child('Normal')), up: readPoint(bitmap.child('Up')), heightM: bitmap.text('Height'), rest: bitmap.rest(),
  }))
}

function isBitmapList({ element }: ElementReader): boolean {
  const first = element.nodes.find(node => typeof node !== 'string' && node.name === 'Bitmaps')
  return typeof first !== 'object' || !first.nodes.some(node => typeof node !== 'string' && node.name === 'Reference')
}

function readComponent(reader: ElementReader): BcfComponent {
  return { ifcGuid: reader.attribute('IfcGuid'), originatingSystem: reader.text('OriginatingSystem'), authoringToolId: reader.text('AuthoringToolId'), rest: reader.rest() }
}

function readComponents(reader: ElementReader): BcfComponents {
  const flat = reader.children('Component')
  // 2.1 has the hints beside the visibility, 3.0 in it.
  const hints = reader.wrapper('ViewSetupHints')
  const selection = reader.wrapper('Selection')?.children('Component').map(readComponent)
  const visibility = reader.child('Visibility')
  const translucency = reader.child('Translucency')
  const colouring = reader.wrapper('Coloring')?.children('Color').map(readColour)
  const read: BcfComponents = {
    selection,
    visibility: visibility || hints ? readExceptions(visibility, hints ?? visibility?.wrapper('ViewSetupHints'), 'DefaultVisibility') : undefined,
    translucency: translucency && readExceptions(translucency, translucency.wrapper('TranslucencySetupHints'), 'DefaultTranslucency'),
    colouring,
    rest: reader.rest(),
  }
  return flat.length > 0 ? addFlat(read, flat) : read
}

const HINTS = ['SpacesVisible', 'SpaceBoundariesVisible', 'OpeningsVisible', 'SpacesTranslucent', 'SpaceBoundariesTranslucent', 'OpeningsTranslucent']

function readExceptions(reader: ElementReader | undefined, hints: ElementReader | undefined, defaultName: string): BcfExceptions {
  return {
    isDefault: reader?.attribute(defaultName),
    hints: hints && Object.fromEntries(HINTS.flatMap(name => {
      const value = hints.attribute(name)
      return value === undefined ? [] : [[name, value]]
    })),
    exceptions: reader?.wrapper('Exceptions')?.children('Component').map(readComponent),
    rest: reader?.rest(),
  }
}

function readColour(reader: ElementReader): BcfColour {
  const colour = reader.attribute('Color')
  const components = [...reader.children('Component'), ...(reader.wrapper('Components')?.children('Component') ?? [])]
  return { colour, components: components.map(readComponent), rest: reader.rest() }
}

/**
 * Versions 1.0 and 2.0: components side by side, each with Selected, Visible and Color. They go where later versions
 * have them: the hidden ones are exceptions from all being visible, and one that is neither selected, coloured nor hidden
 * was named because the topic is about it: it is selected.
 */
function addFlat(read: BcfComponents, flat: readonly ElementReader[]): BcfComponents {
  const [selection, hidden] = [[...(read.selection ?? [])], [...(read.visibility?.exceptions ?? [])]]
  const colours = new Map<string, BcfComponent[]>()
  for (const reader of flat) {
    const [isSelected, isHidden] = [isTrue(reader.attribute('Selected')), isFalse(reader.attribute('Visible'))]
    const colour = reader.attribute('Color')
    const component = readComponent(reader)
    if (isHidden) hidden.push(component)
    if (colour) colours.set(colour, [...(colours.get(colour) ?? []), component])
    if (isSelected || !(isHidden || colour)) selection.push(component)
  }
  const colouring = [...(read.colouring ?? []), ...[...colours].map(([colour, components]) => ({ colour, components }))]
  return {
    ...read,
    selection: selection.length > 0 ? selection : read.selection,
    visibility: { isDefault: 'true', ...read.visibility, ...(hidden.length > 0 && { exceptions: hidden }) },
    colouring: colouring.length > 0 ? colouring : read.colouring,
  }
}

/** xs:boolean, and the capital letter some tools write. */
export const isTrue = (value: string | undefined): boolean => value !== undefined && /^\s*(true|1)\s*$/i.test(value)
const isFalse = (value: string | undefined): boolean => value !== undefined && /^\s*(false|0)\s*$/i.test(value)
