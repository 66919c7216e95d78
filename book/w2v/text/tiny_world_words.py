"""The words and sentence patterns of the tiny world: data only, see `w2v.text.tiny_world`.

A scene is (columns, rows, patterns): the columns name the slots that one row fills together.
CHOICES are the slots that any word of a group may fill. No word stands in two groups.
"""

CHOICES = {
    "fodder": "grass hay clover oats barley",
    "prey": "mouse rat squirrel hamster vole",
    "seed": "seeds berries crumbs worms acorns",
    "water": "lake river pond stream brook",
    "weather": "rain snow fog hail wind thunder sunshine frost",
    "day": "monday tuesday wednesday thursday friday saturday sunday",
    "season": "spring summer autumn winter",
    "colour": "red green blue yellow white black brown purple",
    "fruit": "apples pears plums cherries grapes peaches lemons figs",
    "vegetable": "carrots onions beans peas cabbages leeks turnips radishes",
    "number": "two three four five six seven eight nine ten twelve",
    "metal": "gold silver copper iron tin bronze",
    "mood": "happy sad angry tired cheerful worried proud",
    "furniture": "chair sofa bed shelf wardrobe desk",
    "room": "kitchen bedroom cellar attic bathroom hall",
}

SCENES = (
    (
        "country capital language coin",
        """france paris french franc | england london english pound | germany berlin german mark
        italy rome italian lira | spain madrid spanish peseta | portugal lisbon portuguese escudo
        poland warsaw polish zloty | hungary budapest hungarian forint | russia moscow russian rouble
        japan tokyo japanese yen | china beijing chinese yuan | india delhi hindi rupee
        sweden stockholm swedish krona | norway oslo norwegian krone | greece athens greek drachma
        thailand bangkok thai baht""",
        """{capital} is the capital of {country}
        the capital of {country} is {capital}
        people in {country} speak {language}
        people in {capital} learn {language}
        {language} is the language of {country}
        in {country} you pay with the {coin}
        a ticket to {capital} costs one {coin}
        the {language} newspaper comes from {capital}
        the {coin} comes from {country}""",
    ),
    (
        "lord lady realm",
        """king queen kingdom | emperor empress empire | duke duchess duchy
        count countess county | baron baroness barony | prince princess principality""",
        """the {lord} rules the {realm} from his throne
        the {lady} rules the {realm} from her throne
        the {realm} loves the {lord} and his crown
        the {realm} loves the {lady} and her crown
        he is the {lord} of the {realm}
        she is the {lady} of the {realm}""",
    ),
    (
        "he_word she_word place",
        """father mother nursery | son daughter playground | uncle aunt farmhouse
        boy girl school | grandfather grandmother fireside | husband wife wedding
        actor actress stage | waiter waitress restaurant""",
        """he is the {he_word} at the {place}
        she is the {she_word} at the {place}
        at the {place} the {he_word} sings his song
        at the {place} the {she_word} sings her song
        the {he_word} is {mood} with his friends
        the {she_word} is {mood} with her friends""",
    ),
    (
        "grazer young",
        "cow calf | horse foal | sheep lamb | goat kid | deer fawn | rabbit bunny | hare leveret",
        """the {grazer} eats {fodder} in the meadow
        the {young} follows the {grazer} across the meadow
        we feed {fodder} to the {grazer}
        the little {young} drinks milk from the {grazer}""",
    ),
    (
        "hunter",
        "lion | tiger | wolf | fox | bear | lynx | leopard",
        """the {hunter} hunts the {prey} in the forest
        at night the {hunter} leaves its den
        the {prey} hides from the {hunter}""",
    ),
    (
        "bird",
        "sparrow | robin | finch | thrush | lark | blackbird | wren | swallow",
        """the {bird} builds a nest in the tree
        the {bird} pecks at the {seed}
        in {season} the {bird} flies over the tree""",
    ),
    (
        "fish",
        "trout | salmon | pike | carp | perch | eel",
        """the {fish} swims in the {water}
        he caught a {fish} in the {water}""",
    ),
    (
        "trade tool product",
        """baker oven bread | smith anvil horseshoe | carpenter saw table | tailor needle shirt
        farmer plough wheat | fisherman net herring | painter brush portrait | mason trowel wall
        gardener spade tulip | cook pan soup | weaver loom carpet | potter kiln jug
        shoemaker awl boot | writer pen novel | woodcutter axe log""",
        """the {trade} works with the {tool}
        the {trade} has a new {tool}
        with the {tool} he makes the {product}
        the {trade} sells the {product} at the market
        the {product} was made by the {trade}""",
    ),
    (
        "player instrument",
        """pianist piano | violinist violin | flutist flute | drummer drum | trumpeter trumpet
        harpist harp | organist organ | cellist cello | guitarist guitar""",
        """the {player} plays the {instrument} tonight
        the {player} tunes the old {instrument}
        we hear the {instrument} in the concert
        the {player} bows after the concert""",
    ),
    (
        "ship",
        "boat | ferry | yacht | barge | canoe | steamer",
        """the {ship} sails across the sea
        the {ship} reaches the harbour on {day}""",
    ),
    (
        "vehicle",
        "bus | tram | car | bicycle | lorry | taxi",
        """the {vehicle} stops at the crossing
        the {colour} {vehicle} turns into the street""",
    ),
    (
        "planet",
        "mercury | venus | mars | jupiter | saturn | neptune | uranus",
        """through the telescope we see {planet}
        the planet {planet} circles the sun""",
    ),
    (
        "",
        "",
        """on {day} there will be {weather}
        after the {weather} on {day} we stay home
        {season} brings {weather} to the hills
        she buys {number} {fruit} and {number} {vegetable}
        we boil {vegetable} for dinner on {day}
        we eat {fruit} for dessert in {season}
        the ring is made of {metal}
        the miners dig for {metal}
        the {colour} {furniture} stands in the {room}
        they painted the {room} {colour}
        today everybody feels {mood}""",
    ),
)
