"""``{% load unready %}{% why_unready %}``: why nothing can be searched now, in a sentence."""

from django import template

from lumbung.search.unready import why_unready

register = template.Library()
register.simple_tag(why_unready)
