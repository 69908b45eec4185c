"""Small words that decide what a free sentence says; folded, all our languages together.

`bot/dialog/sentence_parts.py` reads them; where one of them stands beside a number, the number is asked about.
"""

from typing import Final


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


NEGATIONS: Final = _words(
    "not no except excluding without never but isn't don't",
    "excepto salvo sin nunca ni",
    "pas sauf excepte sans jamais",
)
"""What follows is left out, not put in."""
HEDGES: Final = _words(
    "to least most over under than about around almost extra another additional above below max maximum minimum min",
    "or and instead from starting",
    "hasta menos mas casi unos unas minimo maximo o y desde partir",
    "jusqu'a jusqu'au plus moins environ presque ou et",
)
"""What follows is a bound or one of several, not the value."""
AFTER_PERCENT: Final = _words(
    "off discount on for this until from next and with of today tomorrow",
    "descuento de en este esta hasta para sobre el a hoy manana",
    "rabais reduction remise sur pour ce cette jusqu'au jusqu'a du des le aujourd'hui demain",
)
"""What may stand right behind a percentage that is an offer, and not a part of a product (`70% cocoa`)."""
DISCOUNT_AFTER_PRICE: Final = _words("off discount less de descuento rebaja rabais remise reduction")
DISCOUNT_BEFORE_PRICE: Final = _words("save saves ahorra ahorre economisez epargnez")
COUNTS_AFTER_PRICE: Final = _words("for por pour x")
EDGES: Final = _words(
    "i i'd i'm we want need would like please make create post an a the ad offer offers sale discount for on off of",
    "my our with at some do can you let's have has run special deal promo promotion get and all now only just it at in",
    "from is are save to starting price new product weekend introducing presenting meet try launch launching discover",
    "change set update edit fix correct percent percentage date dates day days phone link limit headline thing",
    "quiero quisiera necesito por favor haz hacer crea anuncio oferta un una el la los las de del descuento en con mi",
    "mis nuestro nuestra nuestros nuestras para y solo ahora a precio rebaja nuevo nueva producto promocion novedad",
    "presentamos lanzamos cambia cambiar pon poner fecha fechas porcentaje titular telefono",
    "je j'aimerais nous voulons veux voudrais s'il vous plait faire faites creer annonce offre rabais remise un une",
    "des le la les de du sur avec mon ma mes notre nos pour et seulement a au aux prix nouveau nouvelle produit promo",
    "voici decouvrez presentons nouveaute changer mets mettre pourcentage titre telephone lien",
)
"""Words around a product that are not its name."""
NO_NAME: Final = _words(
    "for at by until till over above less minus everything orders",
    "para por hasta menos todo todos salvo",
    "pour chez jusqu'au jusqu'a moins tout toute tous",
)
"""Words with which the rest of a sentence names people, places or bounds rather than one product."""
