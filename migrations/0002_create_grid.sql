-- The ground: divisions, unit grid cells, and what the map shows below the parts. New tables only.
create table divisions (
  code text primary key check (code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$'),
  parent_code text references divisions (code),
  level text not null check (level in ('district', 'subdistrict', 'community')),
  name_zh text not null,
  name_en text not null,
  edition integer not null,
  geom geometry(multipolygon, 4326) not null
);
create index divisions_parent_code on divisions (parent_code);
create index divisions_geom on divisions using gist (geom);

create table cells (
  code text primary key check (code ~ '^[0-9]{15}$'),
  community_code text not null references divisions (code),
  area_square_metres double precision not null check (area_square_metres > 0),
  geom geometry(polygon, 4326) not null
);
create index cells_community_code on cells (community_code);
create index cells_geom on cells using gist (geom);

create table roads (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  class text not null check (class in ('main', 'secondary', 'lane')),
  carriageway_metres double precision not null,
  footway_metres double precision not null,
  geom geometry(linestring, 4326) not null
);
create index roads_geom on roads using gist (geom);

-- Which kind of place a point lies on; a few duties and limits depend on it (SPEC section 2).
create table surfaces (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('carriageway', 'footway')),
  road_code text not null references roads (code),
  geom geometry(polygon, 4326) not null
);
create index surfaces_road_code on surfaces (road_code);
create index surfaces_geom on surfaces using gist (geom);

create table buildings (
  code text primary key,
  name_zh text,
  kind text not null check (kind in ('residential', 'commercial', 'public', 'industrial')),
  height_metres double precision not null check (height_metres > 0),
  geom geometry(polygon, 4326) not null
);
create index buildings_geom on buildings using gist (geom);
