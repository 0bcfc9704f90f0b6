"""rhrt as a service: the suggestion inside somebody's form. It stores nothing and holds no rule."""
