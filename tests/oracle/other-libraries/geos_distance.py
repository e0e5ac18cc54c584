"""Plan distances of pairs of segments by GEOS, through shapely.
Standard input: 12 doubles a pair. Standard output: one double a pair."""
import struct
import sys

from shapely.geometry import LineString, Point


def line(x0, y0, x1, y1):
    return Point(x0, y0) if (x0, y0) == (x1, y1) else LineString([(x0, y0), (x1, y1)])


for g in struct.iter_unpack("<12d", sys.stdin.buffer.read()):
    distance = line(g[0], g[1], g[3], g[4]).distance(line(g[6], g[7], g[9], g[10]))
    sys.stdout.buffer.write(struct.pack("<d", distance))
