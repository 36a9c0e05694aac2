"""How a figure looks: style sheets and fonts."""
