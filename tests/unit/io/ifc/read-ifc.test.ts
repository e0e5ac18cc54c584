import { describe, expect, it } from 'vitest'
import { importOf } from '../mutate.ts'

const file = (data: string, schema = 'IFC4X3_ADD2') => [{ name: 'm.ifc', bytes: new TextEncoder().encode(`ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\nFILE_SCHEMA(('${schema}'));\nENDSEC;\nDATA;\n${data}\nENDSEC;\nEND-ISO-10303-21;\n`) }]

/** Millimetres, turned by 90° and moved: x of the model points north. */
const FRAME = `#1=IFCPROJECT('p',$,'P',$,$,$,$,(#4),#2);
#2=IFCUNITASSIGNMENT((#3));
#3=IFCSIUNIT(*,.LENGTHUNIT.,.MILLI.,.METRE.);
#4=IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-5,$,$);
#5=IFCPROJECTEDCRS('EPSG:4545',$,$,$,$,$,#6);
#6=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);
#7=IFCMAPCONVERSION(#4,#5,603500.,3272000.,240.,0.,1.,0.001);
#10=IFCCARTESIANPOINT((1000.,0.,500.));
#11=IFCAXIS2PLACEMENT3D(#10,$,$);
#12=IFCLOCALPLACEMENT($,#11);`
const pipe = (representation: string) => `${FRAME}
#20=IFCPIPESEGMENT('0abc',$,'\\X2\\7ED96C34\\X0\\-1',$,$,#12,#21,$,$);
#21=IFCPRODUCTDEFINITIONSHAPE($,$,(#22));
${representation}
#90=IFCDISTRIBUTIONSYSTEM('1abc',$,'S',$,$,$,.WATERSUPPLY.);
#91=IFCRELASSIGNSTOGROUP('2abc',$,$,$,(#20),$,#90);`

describe('units, placement and map conversion', () => {
  // 3 m up along z would be a riser: here along the model's x, which points north.
  const EXTRUSION = `#22=IFCSHAPEREPRESENTATION(#4,'Body','SweptSolid',(#23));
#23=IFCEXTRUDEDAREASOLID(#24,#25,#28,3000.);
#24=IFCCIRCLEHOLLOWPROFILEDEF(.AREA.,$,$,150.,10.);
#25=IFCAXIS2PLACEMENT3D(#26,#27,$);
#26=IFCCARTESIANPOINT((0.,0.,0.));
#27=IFCDIRECTION((1.,0.,0.));
#28=IFCDIRECTION((0.,0.,1.));`
  it('an extrusion in millimetres becomes an axis in metres where the conversion puts it', () => {
    const { assets, crs } = importOf(file(pipe(EXTRUSION)))
    expect(crs).toBe('EPSG:4545')
    expect(assets).toMatchObject([{ id: '给水-1', kind: 'water', section: { shape: 'circle', diameterM: 0.3 } }])
    // Model (1000, 0, 500) mm: a quarter turn takes x to northing, so 1 m north of the conversion's place and 0.5 m up.
    const [from, to] = assets[0]!.axis
    ;[[603_500, 3_272_001, 240.5], [603_500, 3_272_004, 240.5]].forEach((expected, i) => expected.forEach((value, k) => expect((i === 0 ? from : to)![k]).toBeCloseTo(value, 6)))
  })
  it('an arc is followed within a millimetre', () => {
    const { assets } = importOf(file(pipe(`#22=IFCSHAPEREPRESENTATION(#4,'Axis','Curve3D',(#23));
#23=IFCINDEXEDPOLYCURVE(#24,(IFCARCINDEX((1,2,3))),.F.);
#24=IFCCARTESIANPOINTLIST3D(((0.,0.,0.),(2928.93218813,7071.06781187,0.),(10000.,10000.,0.)),$);`)))
    // A quarter circle of 10 m about (10, 0): every vertex lies 10 m from there, and the length is that of the arc.
    const centre = [603_500 - 0, 3_272_001 + 10]
    const { axis } = assets[0]!
    expect(axis.length).toBeGreaterThan(30)
    for (const [x, y] of axis) expect(Math.hypot(x - centre[0]!, y - centre[1]!)).toBeCloseTo(10, 4)
    expect(axis.slice(1).reduce((sum, place, i) => sum + Math.hypot(place[0] - axis[i]![0], place[1] - axis[i]![1]), 0)).toBeCloseTo(5 * Math.PI, 2)
  })
  it('a draft of the schema is told', () => {
    const counts = ['IFC4X3', 'IFC4X3_RC3'].map(schema => importOf(file(FRAME, schema)).issues.filter(issue => issue.context?.['problem'] === 'schema_draft').length)
    expect(counts).toEqual([0, 1])
  })
  it('a segment without shape is told, not placed', () => {
    const { assets, count } = importOf(file(`${FRAME}\n#20=IFCPIPESEGMENT('0abc',$,'A',$,$,#12,$,$,$);`))
    expect([assets.length, count('geometry_null')]).toEqual([0, 1])
  })
})

describe('hostile models are refused or read, never followed for ever', () => {
  it.each<[string, string, string]>([
    ['cut off in a text', "#1=IFCPROJECT('p", 'schema_invalid'],
    ['no instances', '', 'schema_invalid'],
  ])('%s: %s', (_, data, code) => {
    const refusal = importOf([{ name: 'm.ifc', bytes: new TextEncoder().encode(`ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('IFC4'));\nENDSEC;\nDATA;\n${data}`) }]).refusal
    expect(refusal?.code).toBe(code)
  })
  it('another schema of STEP', () => {
    expect(importOf(file('#1=X();', 'AUTOMOTIVE_DESIGN')).refusal).toMatchObject({ code: 'schema_invalid', context: { problem: 'not_ifc' } })
  })
  it('placements and items that go round in circles', () => {
    const { assets } = importOf(file(`${FRAME}\n#13=IFCLOCALPLACEMENT(#14,#11);\n#14=IFCLOCALPLACEMENT(#13,#11);\n#20=IFCPIPESEGMENT('0',$,'A',$,$,#13,#21,$,$);\n#21=IFCPRODUCTDEFINITIONSHAPE($,$,(#22));\n#22=IFCSHAPEREPRESENTATION(#4,'Body','MappedRepresentation',(#30));\n#30=IFCMAPPEDITEM(#31,#11);\n#31=IFCREPRESENTATIONMAP(#11,#22);`))
    expect(assets).toEqual([])
  })
  it('shapes of shapes that unfold to a hundred million', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `#${100 + n}=IFCSHAPEREPRESENTATION(#4,'Body','MappedRepresentation',(${Array.from({ length: 10 }, () => `#${200 + n}`).join(',')}));\n#${200 + n}=IFCMAPPEDITEM(#${300 + n},#11);\n#${300 + n}=IFCREPRESENTATIONMAP(#11,#${101 + n});`).join('\n')
    const { refusal } = importOf(file(`${FRAME}\n#20=IFCPIPESEGMENT('0',$,'A',$,$,#12,#21,$,$);\n#21=IFCPRODUCTDEFINITIONSHAPE($,$,(#100));\n${levels}`))
    expect(refusal).toMatchObject({ code: 'outside_limits', context: { problem: 'nested_shapes' } })
  })
  it('brackets a hundred thousand deep', () => {
    expect(importOf(file(`${FRAME}\n#20=IFCPIPESEGMENT(${'('.repeat(100_000)}${')'.repeat(100_000)});`)).assets).toEqual([])
  })
})
