import type { Rest } from './element-reader.ts'
import type { ElementWriter } from './element-writer.ts'
import type { BcfBitmap, BcfCamera, BcfColour, BcfComponent, BcfComponents, BcfExceptions, BcfPoint, BcfView } from './model.ts'
import type { XmlElement } from './xml-tree.ts'

/**
 * The VisualizationInfo of a view.
 * @param key Of the view in what is kept aside.
 * @param viewpointGuid Taken where the view has no guid of its own, as in versions up to 2.0.
 * @param aspectRatio Width over height of its picture: what a camera of version 3.0 must say and earlier ones do not.
 */
export function writeView(writer: ElementWriter, view: BcfView, key: string, viewpointGuid: string, aspectRatio: number): XmlElement {
  const { is30 } = writer
  const { rest } = view
  const cameras = view.cameras.map((camera, i) => writeCamera(writer, camera, `${key}/camera/${i}`, aspectRatio))
  const bitmaps = view.bitmaps?.map(bitmap => writeBitmap(writer, bitmap))
  return writer.root('VisualizationInfo', { Guid: view.guid ?? viewpointGuid }, [
    view.components && writeComponents(writer, view.components, `${key}/components`),
    ...cameras,
    writer.list('Lines', view.lines?.map(line => writer.element('Line', {}, [writePoint(writer, 'StartPoint', line.start), writePoint(writer, 'EndPoint', line.end)], line.rest)), rest, is30 || !writer.isConverted),
    writer.list('ClippingPlanes', view.clippingPlanes?.map(plane =>
      writer.element('ClippingPlane', {}, [writePoint(writer, 'Location', plane.location), writePoint(writer, 'Direction', plane.direction)], plane.rest)), rest, true),
    ...(is30 ? [writer.list('Bitmaps', bitmaps, rest, true)] : [...(bitmaps ?? []), writer.foreignList(key, 'Bitmaps', rest)]),
  ], rest)
}

function writePoint(writer: ElementWriter, name: string, point: BcfPoint | undefined): XmlElement | undefined {
  return point && writer.element(name, {}, [writer.text('X', point.x, point.rest), writer.text('Y', point.y, point.rest), writer.text('Z', point.z, point.rest)], point.rest)
}

function writeCamera(writer: ElementWriter, camera: BcfCamera, key: string, aspectRatio: number): XmlElement {
  const { rest } = camera
  const isOrthogonal = camera.projection === 'orthogonal'
  const given = writer.text('AspectRatio', camera.aspectRatio, rest)
  if (given && !writer.is30) writer.keepElement(key, given)
  const demanded = writer.is30 && writer.isConverted && !given ? writer.fillElement(key, writer.text('AspectRatio', String(aspectRatio))!) : given
  return writer.element(isOrthogonal ? 'OrthogonalCamera' : 'PerspectiveCamera', {}, [
    writePoint(writer, 'CameraViewPoint', camera.viewPoint), writePoint(writer, 'CameraDirection', camera.direction), writePoint(writer, 'CameraUpVector', camera.up),
    writer.text(isOrthogonal ? 'ViewToWorldScale' : 'FieldOfView', camera.extent, rest),
    writer.is30 ? demanded : undefined,
  ], rest)
}

/** 3.0 calls the format so and writes it small; 2.1 calls it Bitmap and writes it large. */
function writeBitmap(writer: ElementWriter, { format, reference, location, normal, up, heightM, rest }: BcfBitmap): XmlElement {
  const known = format !== undefined && /^(png|jpg)$/i.test(format)
  const written = !known || !writer.isConverted ? format : writer.is30 ? format.toLowerCase() : format.toUpperCase()
  return writer.element('Bitmap', {}, [
    writer.text(writer.is30 ? 'Format' : 'Bitmap', written, rest), writer.text('Reference', reference, rest),
    writePoint(writer, 'Location', location), writePoint(writer, 'Normal', normal), writePoint(writer, 'Up', up), writer.text('Height', heightM, rest),
  ], rest)
}

function writeComponent(writer: ElementWriter, { ifcGuid, originatingSystem, authoringToolId, rest }: BcfComponent): XmlElement {
  return writer.element('Component', { IfcGuid: ifcGuid }, [writer.text('OriginatingSystem', originatingSystem, rest), writer.text('AuthoringToolId', authoringToolId, rest)], rest)
}

function writeComponents(writer: ElementWriter, components: BcfComponents, key: string): XmlElement {
  const { is30 } = writer
  const { rest, visibility, translucency } = components
  const mayBeEmpty = is30 || !writer.isConverted
  const items = (list: readonly BcfComponent[] | undefined): XmlElement[] | undefined => list?.map(component => writeComponent(writer, component))
  const hints = visibility?.hints && writeHints(writer, 'ViewSetupHints', visibility.hints, rest?.wrappers.get('ViewSetupHints') ?? visibility.rest?.wrappers.get('ViewSetupHints'))
  const exceptions = (what: BcfExceptions): XmlElement | undefined => writer.list('Exceptions', items(what.exceptions), what.rest, mayBeEmpty)
  const shown = visibility && (is30 || visibility.isDefault !== undefined || visibility.exceptions || visibility.rest || writer.isConverted)
    ? writer.element('Visibility', { DefaultVisibility: visibility.isDefault }, [is30 ? hints : undefined, exceptions(visibility)], visibility.rest)
    : undefined
  const through = translucency && writer.element('Translucency', { DefaultTranslucency: translucency.isDefault }, [
    translucency.hints && writeHints(writer, 'TranslucencySetupHints', translucency.hints, translucency.rest?.wrappers.get('TranslucencySetupHints')), exceptions(translucency),
  ], translucency.rest)
  if (!is30 && writer.isConverted) writer.keepElement(key, through)
  // 2.1 demands it; in 3.0 its absence leaves everything visible.
  const demanded = !is30 && writer.isConverted && !shown ? writer.fillElement(key, writer.element('Visibility', { DefaultVisibility: 'true' }, [])) : shown
  return writer.element('Components', {}, [
    is30 ? undefined : hints,
    writer.list('Selection', items(components.selection), rest, mayBeEmpty),
    demanded,
    is30 || !writer.isConverted ? through : undefined,
    writer.list('Coloring', components.colouring?.map(colour => writeColour(writer, colour)), rest, mayBeEmpty),
  ], rest)
}

function writeHints(writer: ElementWriter, name: string, hints: Readonly<Record<string, string>>, rest: Rest | undefined): XmlElement {
  return writer.element(name, hints, [], rest)
}

/** 3.0 puts the components of a colour in an element of their own. */
function writeColour(writer: ElementWriter, { colour, components, rest }: BcfColour): XmlElement {
  const items = components.map(component => writeComponent(writer, component))
  return writer.element('Color', { Color: colour }, writer.is30 ? [writer.element('Components', {}, items, rest?.wrappers.get('Components'))] : items, rest)
}
