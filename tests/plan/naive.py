"""The trajectory once more, device by device and month by month, written apart: slow, and read in one go.

Climate, central values, on the small factor set. A device here is a piece of one line: a part of a device when a
spread of ages or a backlog cuts it.
"""

from math import ceil, inf

from tests.footprint.small_set import CLIMATE, DEFAULT_SIZE, ITEMS


class Piece:
    """Some mass of one kind of device, of one age."""

    def __init__(self, kind, age, mass, lag=0, second=0.0):
        self.kind, self.age, self.mass, self.lag, self.second = kind, age, mass, lag, second
        self.turn = age  # the age it would have had without any lever: when it comes round, it may have to go
        self.stay, self.going = 0, 0.0
        self.gone = False


class Kind:
    """What the pieces of one line share."""

    def __init__(self, category, size=None, zone="FRA", own_kwh=None, room=False, born_as=None):
        self.category, self.zone, self.own_kwh, self.room = category, zone, own_kwh, room
        self.item = ITEMS[f"{category}/{size or DEFAULT_SIZE[category]}"]
        self.born_as = born_as or self
        self.twins = {}

    @property
    def making(self):
        values = self.item.climate.values()
        return sum(one[1] if isinstance(one, tuple) else one for one in values)


class Naive:
    """years: of amortised and flow climate, [0 is left out]; ``bought``: devices bought each year."""

    def __init__(self, years, changes=(), growth=None, backlog=None, ratios=None, pue=1.56):
        self.years, self.changes, self.growth, self.backlog = years, changes, growth or {}, backlog
        self.ratios, self.usual_pue = ratios or {}, pue
        self.pieces, self.kinds, self.first, self.lengths = [], [], {}, {}
        self.amortised, self.flow, self.bought = [], [], []

    def told(self, kind, category, year):
        return [c for c in self.changes if c.kind == kind and c.category in (category, "*") and c.start <= year]

    def life(self, category, year):
        item = next(one for one in (k.item for k in self.kinds_of(category)))
        asked = [c.value for c in self.told("lifespan", category, year) if c.operator == "set"] if year else []
        life = max(asked) if asked else item.life[1]
        if year:
            life += sum(c.value for c in self.told("lifespan", category, year) if c.operator == "add")
        return min(max(life, 0.5), 50)

    def kinds_of(self, category):
        return [k for k in self.kinds + [t for k in self.kinds for t in k.twins.values()] if k.category == category]

    def months(self, category, year):
        if (category, year) not in self.lengths:
            self.lengths[category, year] = max(ceil(self.life(category, year) * 12 - 1e-9), 1)
        return self.lengths[category, year]

    def add(self, kind, devices):
        """devices: (age in months or None, mass)."""
        self.kinds.append(kind)
        length = self.months(kind.category, 0)
        late = sorted((d for d in devices if d[0] is not None and d[0] > length), key=lambda d: -d[0])
        for age, mass in devices:
            if age is None:
                self.pieces += [Piece(kind, a, mass / length) for a in range(1, length + 1)]
            elif age <= length:
                self.pieces.append(Piece(kind, age, mass))
        slots = length if self.backlog is None else ceil(self.backlog * 12)
        whole, reached = sum(m for _, m in late), 0.0
        for age, mass in late:
            for slot in range(slots):
                low, high = max(reached, whole * slot / slots), min(reached + mass, whole * (slot + 1) / slots)
                if high > low:
                    self.pieces.append(Piece(kind, age, high - low, lag=slot))
            reached += mass
        self.first[kind] = sum(m for _, m in devices)

    def run(self):
        for change in self.changes:
            if change.kind == "replace":
                for kind in self.kinds:
                    if kind.category == change.category:
                        kind.twins[change.other] = Kind(change.other, zone=kind.zone, room=kind.room, born_as=kind)
        for year in range(1, self.years + 1):
            self.live(year)
        return self

    def live(self, year):
        self.sums = [0.0, 0.0, 0.0]
        t0 = 12 * (year - 1)
        for piece in self.pieces:
            piece.going = 0.0
        for kind in self.kinds:
            family = [p for p in self.pieces if p.kind.born_as is kind and not p.gone]
            have, wanted = sum(p.mass for p in family), self.target(kind, year)
            if have < wanted:
                self.buy(kind, wanted - have, year)
            due = [p for p in family if max(self.turn_of(p) - p.turn, p.lag - t0) < 12]
            mass = sum(p.mass for p in due)
            share = min(max(have - wanted, 0) / mass, 1) if mass else 0.0
            for piece in due:
                piece.going = share
        for month in range(12):
            for piece in [p for p in self.pieces if not p.gone]:
                if piece.turn >= self.turn_of(piece) and t0 + month >= piece.lag:
                    self.let_go(piece, year)
                    piece.turn, piece.going = 0, 0.0
                if piece.age >= self.months(piece.kind.category, year) and t0 + month >= piece.lag:
                    self.account(piece, year)
                    piece.gone = True
                    self.renew(piece, year)
            for piece in self.pieces:
                if not piece.gone:
                    piece.age, piece.stay, piece.turn = piece.age + 1, piece.stay + 1, piece.turn + 1
        self.pieces = [p for p in self.pieces if not p.gone]
        for piece in self.pieces:
            self.account(piece, year)
            piece.stay = 0
        self.amortised.append(self.sums[0] + self.sums[1])
        self.flow.append(self.sums[2] + self.sums[1])

    def turn_of(self, piece):
        return self.months(piece.kind.born_as.category, 0)

    def let_go(self, piece, year):
        part = Piece(piece.kind, piece.age, piece.mass * piece.going, second=piece.second)
        part.stay = piece.stay
        self.account(part, year)
        piece.mass -= part.mass

    def target(self, kind, year):
        follow = (1 + self.growth.get(kind.category, 0) / 100) ** year
        for change in self.told("count", kind.category, year):
            follow *= change.value
        return self.first[kind] * follow

    def renew(self, piece, year):
        rest = mass = piece.mass
        for change in self.changes:
            if (
                change.kind == "replace"
                and change.category == piece.kind.category
                and change.start <= year
                and piece.kind.twins
            ):
                self.buy(piece.kind.twins[change.other], mass * change.value, year, piece)
                rest -= mass * change.value
        self.buy(piece.kind, rest, year, piece)

    def buy(self, kind, mass, year, instead_of=None):
        share = max((c.value for c in self.told("second_hand", kind.category, year)), default=0.0)
        self.pieces.append(Piece(kind, 0, mass, lag=-inf, second=share))
        if instead_of:
            self.pieces[-1].turn, self.pieces[-1].going = instead_of.turn, instead_of.going
        self.sums[2] += mass * kind.making * (1 - share + share * self.ratios.get(kind.category, 1.0))
        while len(self.bought) < year:
            self.bought.append(0.0)
        self.bought[year - 1] += mass

    def account(self, piece, year):
        """What the months of this piece in this year weigh, its age being that of the end of its stay."""
        kind, present = piece.kind, piece.mass * piece.stay / 12
        ratio = 1 - piece.second + piece.second * self.ratios.get(kind.category, 1.0)
        self.sums[0] += present / max(self.life(kind.category, year), piece.age / 12) * kind.making * ratio
        kwh = kind.own_kwh if kind.own_kwh is not None else kind.item.kwh[1] if kind.item.kwh else 0.0
        for change in self.told("kwh", kind.category, year):
            kwh *= change.value
        pue = 1.0
        if kind.item.pue == "yes" or (kind.item.pue == "by_location" and kind.room):
            pue = min([self.usual_pue, *(c.value for c in self.changes if c.kind == "pue" and c.start <= year)])
        zone = kind.zone
        for change in sorted(self.told("zone", kind.category, year), key=lambda c: (c.category != "*", c.start)):
            zone = change.value
        mix = CLIMATE[zone]
        self.sums[1] += present * kwh * pue * (mix[1] if isinstance(mix, tuple) else mix)
